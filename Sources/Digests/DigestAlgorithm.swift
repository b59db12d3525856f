internal import COpenSSL

/// A digest of 32 bytes as OpenSSL has it; never freed, never changed.
final class DigestAlgorithm: @unchecked Sendable {
  let pointer: OpaquePointer?

  /// - Parameter name: OpenSSL's: "SHA256".
  init(_ name: String) {
    pointer = EVP_MD_fetch(nil, name, nil) ?? EVP_get_digestbyname(name)
  }

  /// The digest of bytes in memory, which fails only where OpenSSL does not have it at all.
  func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    _ = EVP_Digest(bytes.baseAddress, bytes.count, &result, nil, pointer, nil)
    return result
  }
}

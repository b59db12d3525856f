internal import COpenSSL

/// SHA-256 as Bitcoin uses it (FIPS 180-4), through the system's OpenSSL.
public enum SHA256 {
  /// Fetched once: an implicit fetch takes OpenSSL longer than a short digest.
  private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

  /// The 32 bytes of the digest.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    bytes.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        // One-shot digests of memory fail only when OpenSSL has no SHA-256 at all.
        _ = EVP_Digest(
          input.baseAddress, input.count, output.baseAddress, nil, algorithm, nil)
      }
    }
    return result
  }

  /// SHA-256 of SHA-256: block hashes, transaction ids and base58 checksums.
  public static func doubleDigest(_ bytes: [UInt8]) -> [UInt8] {
    digest(digest(bytes))
  }
}

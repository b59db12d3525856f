import COpenSSL

/// SHA-256 (FIPS 180-4), incremental, over system OpenSSL.
public final class ContentDigest {
  private let context: OpaquePointer
  /// Looked up once: OpenSSL would search its providers at every digest.
  private static let algorithm = Algorithm()

  public init() {
    // EVP_MD_CTX_new fails only when memory is exhausted.
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    self.context = context
    EVP_DigestInit_ex(context, Self.algorithm.pointer, nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  public func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    EVP_DigestUpdate(context, base, bytes.count)
  }

  /// The digest as 64 lower-case hex digits. The object is not usable afterwards.
  public func finish() -> String { hexadecimal(finishBytes()) }

  private func finishBytes() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return digest
  }

  /// The 32 bytes of the SHA-256 of `bytes`: a seed, for instance.
  public static func bytes(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let digest = ContentDigest()
    let isTaken: Void? = bytes.withContiguousStorageIfAvailable {
      digest.update(UnsafeRawBufferPointer($0))
    }
    if isTaken == nil {
      Array(bytes).withUnsafeBytes { digest.update($0) }
    }
    return digest.finishBytes()
  }

  /// SHA-256 of `bytes` as 64 lower-case hex digits.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    hexadecimal(self.bytes(bytes))
  }
}

/// Lower-case hexadecimal text of `bytes`.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(2 * bytes.underestimatedCount)
  for byte in bytes {
    text.append(hexadecimalDigit(byte >> 4))
    text.append(hexadecimalDigit(byte & 15))
  }
  return String(decoding: text, as: UTF8.self)
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

/// SHA-256 as OpenSSL has it; never freed, never changed.
private final class Algorithm: @unchecked Sendable {
  let pointer: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil) ?? EVP_sha256()
}

internal import COpenSSL

/// SHA-256 (FIPS 180-4) over the system's OpenSSL: of bytes in memory, or of pieces one by one.
public final class SHA256 {
  private let context: OpaquePointer
  /// Fetched once: OpenSSL would search its providers at every digest, which takes it longer than a
  /// short digest does.
  private static let algorithm = DigestAlgorithm("SHA256")

  /// A digest of pieces that are still to come.
  public init() {
    // EVP_MD_CTX_new fails only when memory is exhausted.
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    self.context = context
    EVP_DigestInit_ex(context, Self.algorithm.pointer, nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the next piece.
  public func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    EVP_DigestUpdate(context, base, bytes.count)
  }

  /// The digest as 64 lower-case hexadecimal digits. The object is not usable afterwards.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return Hex.text(digest)
  }

  /// The 32 bytes of the digest.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { algorithm.digest($0) }
  }

  /// The 32 bytes of the digest.
  public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let digest = bytes.withContiguousStorageIfAvailable {
      algorithm.digest(UnsafeRawBufferPointer($0))
    }
    return digest ?? self.digest(Array(bytes))
  }

  /// The digest as 64 lower-case hexadecimal digits.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    Hex.text(digest(bytes))
  }

  /// SHA-256 of SHA-256, as Bitcoin uses it: block hashes, transaction ids and base58 checksums.
  public static func doubleDigest(_ bytes: [UInt8]) -> [UInt8] {
    digest(digest(bytes))
  }
}

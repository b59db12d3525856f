/// SHA3-256 (FIPS 202) over the system's OpenSSL.
public enum SHA3 {
  private static let algorithm = DigestAlgorithm("SHA3-256")

  /// The 32 bytes of the digest.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { algorithm.digest($0) }
  }
}

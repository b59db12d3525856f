import Records
import TLSChannel

extension Certificate {
  private static let leastRSABits = 2048

  /// Adds what its fields say of its making and strength.
  mutating func describeFacts(_ summary: CertificateSummary) {
    keyCurve = summary.keyCurve
    keyExponent = summary.keyExponent
    extensions = summary.extensionOIDs
    serialBits = Self.bits(hex: summary.serial)
    createdAt = notBefore
    createdPrecision = summary.notBefore.map(Self.precision)
    let algorithm = summary.signatureAlgorithm.lowercased()
    sha1Signature = algorithm.contains("sha1")
    md5Signature = algorithm.contains("md5")
    shortRSAKey =
      summary.keyType == "RSA" ? summary.keyBits.map { $0 < Self.leastRSABits } : false
  }

  /// Significant bits of a number in hexadecimal digits; nil where it is negative or none.
  private static func bits(hex: String) -> Int? {
    let digits = hex.drop { $0 == "0" }
    guard !hex.isEmpty, hex.allSatisfy(\.isHexDigit) else { return nil }
    guard let first = digits.first?.hexDigitValue else { return 0 }
    return (digits.utf8.count - 1) * 4 + (Int.bitWidth - first.leadingZeroBitCount)
  }

  /// The largest unit that a time is whole in.
  private static func precision(_ seconds: Int64) -> TimePrecision {
    if seconds % 86_400 == 0 { return .day }
    if seconds % 3_600 == 0 { return .hour }
    return seconds % 60 == 0 ? .minute : .second
  }
}

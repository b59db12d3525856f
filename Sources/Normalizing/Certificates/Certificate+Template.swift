import Artifact
import Digests
import Records

/// What certificates that one recipe makes have in common, whoever made them. Copyable, so never
/// evidence of identity by itself.
extension Certificate {
  /// The fields with what varies masked, in one line; nil where the certificate cannot be read.
  var maskedFields: String? {
    guard let subject, let issuer, let keyType, let signatureAlgorithm else { return nil }
    var parts = ["v\(version.map(String.init) ?? "?")"]
    if selfSigned == true {
      parts.append("self-signed")
    } else {
      parts.append(
        "issuer \(CertificateMask.mask(distinguishedName: issuer, hidesNumbers: true))")
    }
    parts.append("subject \(CertificateMask.mask(distinguishedName: subject))")
    let names = CertificateMask.mask(alternativeNames: subjectAlternativeNames)
    parts.append(names.isEmpty ? "no alternative names" : "names \(names.joined(separator: " "))")
    parts.append(validityDays.map { "valid \($0) d" } ?? "validity unknown")
    parts.append(
      [keyType, keyBits.map(String.init), keyCurve, keyExponent.map { "e=\($0)" }]
        .compactMap { $0 }.joined(separator: " "))
    parts.append(signatureAlgorithm)
    parts.append(serialClass)
    if isCA == true { parts.append("CA") }
    parts.append(extensions.isEmpty ? "no extensions" : extensions.joined(separator: " "))
    return parts.joined(separator: "; ")
  }

  mutating func describeTemplate() {
    template = maskedFields
    templateSHA256 = template.map { SHA256.hex($0.utf8) }
  }

  /// The length of the serial number up to one that generators use: a random one can begin with
  /// zeros.
  private var serialClass: String {
    guard let bits = serialBits else { return serial == nil ? "serial unknown" : "serial negative" }
    let usual = [32, 64, 128, 160].first { bits <= $0 }
    return usual.map { "serial to \($0) bits" } ?? "serial longer"
  }
}

import Records
import ServerTexts

/// What certificates made by one recipe have in common, whoever made them: issuer kind, key,
/// validity, subject template. Copyable, so never evidence of identity by itself.
enum CertificateProfile {
  /// nil where the certificate cannot be read.
  static func profile(of certificate: Certificate, names: [String]) -> String? {
    guard let subject = certificate.subject, let issuer = certificate.issuer,
      let keyType = certificate.keyType
    else { return nil }
    let issuerKind = certificate.selfSigned == true ? "self-signed" : "issuer \(issuer)"
    var template = subject
    for name in names.sorted(by: { ($1.utf8.count, $0) < ($0.utf8.count, $1) }) {
      template = template.replacing(name, with: "<name>")
    }
    let validity = certificate.validityDays.map { "\($0) d" } ?? "unknown"
    return [
      issuerKind, "\(keyType) \(certificate.keyBits.map(String.init) ?? "?")", validity,
      TextMask.mask(template),
    ].joined(separator: " | ")
  }
}

import SimulatedTLS

/// Certificates that only say what a test is about.
enum Certificates {
  /// 2026-01-01T00:00:00Z.
  static let epoch: Int64 = 1_767_225_600

  static func template(
    _ name: String = "server.example", notBefore: Int64 = epoch,
    notAfter: Int64 = epoch + 3650 * 86_400, isAuthority: Bool = false,
    hash: CertificateTemplate.Hash = .sha256, version: Int = 3
  ) -> CertificateTemplate {
    CertificateTemplate(
      subject: [.init("O", "Example"), .init("CN", name)],
      alternativeNames: [.dns(name), .address("192.0.2.7"), .address("2001:db8::7")],
      notBefore: notBefore, notAfter: notAfter, serial: [0x5a, 1, 2, 3], isAuthority: isAuthority,
      hash: hash, version: version)
  }

  static func selfSigned(
    _ kind: PrivateKey.Kind, _ template: CertificateTemplate = template()
  ) throws -> IssuedCertificate {
    try template.selfSigned(by: PrivateKey(kind))
  }

  /// Leaf, intermediate, root.
  static func chain() throws -> [IssuedCertificate] {
    let root = try selfSigned(.ecP256, template("Root", isAuthority: true))
    let intermediate = try template("Intermediate", isAuthority: true)
      .issued(by: root, for: PrivateKey(.rsa(bits: 2048)))
    let leaf = try template().issued(by: intermediate, for: PrivateKey(.ecP256))
    return [leaf, intermediate, root]
  }
}

import Foundation
import Normalizing
import Records
import SimulatedTLS
import TLSChannel
import TestSupport
import Testing

/// The key that issued a certificate.
struct IssuingKeyTests {
  private static func template(
    _ name: String, profile: CertificateTemplate.Profile = .plain
  ) -> CertificateTemplate {
    var template = CertificateTemplate(
      subject: [.init("O", "Box"), .init("CN", name)], notBefore: 1_767_225_600,
      notAfter: 1_798_761_600, serial: [0x5a, 1])
    template.profile = profile
    return template
  }

  private static func authority() throws -> IssuedCertificate {
    try template("R", profile: .openSSLRequest).selfSigned(by: PrivateKey(.ecP256))
  }

  private static func leaf(
    _ name: String, by authority: IssuedCertificate,
    profile: CertificateTemplate.Profile = .webServer
  ) throws -> IssuedCertificate {
    try template(name, profile: profile).issued(by: authority, for: PrivateKey(.ecP256))
  }

  /// The certificates of a scan in which each chain was sent by a server of its own, by digest.
  private func rows(_ chains: [[IssuedCertificate]]) throws -> [String: Certificate] {
    var scan = RawScan("a", [])
    for (number, chain) in chains.enumerated() {
      var connection = Connection.answered("9.9.9.\(number + 1)", port: 50002, transport: .ssl)
      let evidence = try chain.map { certificate in
        CertificateEvidence(sha256: try CertificateSummary(der: certificate.der).sha256).with {
          $0.derBase64 = Data(certificate.der).base64EncodedString()
        }
      }
      connection.tls = TLSFacts().with { $0.chain = evidence.map(\.sha256) }
      scan.connections.append(connection)
      for row in evidence where !scan.certificates.contains(where: { $0.sha256 == row.sha256 }) {
        scan.certificates.append(row)
      }
    }
    let rows = try Normalized([scan]).rows(Certificate.self)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.sha256, $0) })
  }

  private func row(
    _ certificate: IssuedCertificate, _ rows: [String: Certificate]
  ) throws -> Certificate {
    try #require(rows[try CertificateSummary(der: certificate.der).sha256])
  }

  @Test func `a chain that one server sends tells who issued what others send without it`() throws {
    let authority = try Self.authority()
    let (one, other) = (try Self.leaf("a", by: authority), try Self.leaf("b", by: authority))
    let rows = try rows([[one, authority], [other]])
    let key = try CertificateSummary(der: authority.der).spkiSHA256
    #expect(try row(one, rows).issuingKeySHA256 == key)
    #expect(try row(other, rows).issuingKeySHA256 == key)
    #expect(try row(authority, rows).issuingKeySHA256 == nil)
  }

  @Test func `an authority's name and a stated identifier are no signature`() throws {
    let authority = try Self.authority()
    let leaf = try Self.leaf("a", by: authority)
    let pretender = try Self.authority()
    let rows = try rows([[leaf, pretender]])
    let row = try row(leaf, rows)
    #expect(row.issuingKeySHA256 == nil)
    #expect(row.authorityKeyID == (try CertificateSummary(der: authority.der).subjectKeyID))
    #expect(row.authorityKeyID?.utf8.count == 40)
  }

  @Test func `who sends forty certificates of one name hides no key that the certificate names`()
    throws
  {
    let authority = try Self.authority()
    let named = try Self.leaf("a", by: authority)
    let flood = try (0..<40).map { _ in try Self.authority() }
    let rows = try rows([[named] + flood + [authority]])
    #expect(
      try row(named, rows).issuingKeySHA256
        == (try CertificateSummary(der: authority.der).spkiSHA256))
  }

  @Test func `a self-signed certificate has no issuing key`() throws {
    let own = try Self.authority()
    #expect(try row(own, try rows([[own]])).issuingKeySHA256 == nil)
  }
}

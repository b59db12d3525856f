import Foundation
import Records
import SimulatedTLS
import TLSChannel
import TestSupport
import Testing

@testable import Normalizing

/// What a certificate says of its making.
struct CertificateTests {
  /// 2026-01-01T00:00:00Z.
  private static let epoch: Int64 = 1_767_225_600

  private static func template(
    _ subject: [CertificateTemplate.NameAttribute],
    names: [CertificateTemplate.AlternativeName] = [],
    notBefore: Int64 = epoch, days: Int64 = 3650, serial: [UInt8] = [0x5a, 1, 2, 3],
    hash: CertificateTemplate.Hash = .sha256, isAuthority: Bool = false
  ) -> CertificateTemplate {
    CertificateTemplate(
      subject: subject, alternativeNames: names, notBefore: notBefore,
      notAfter: notBefore + days * 86_400, serial: serial, isAuthority: isAuthority, hash: hash)
  }

  /// The row of the first, sent as leaf of a chain of all.
  private func row(
    _ chain: [IssuedCertificate], verifyResult: String = "self-signed certificate"
  ) throws -> Certificate {
    let evidence = chain.map { certificate in
      CertificateEvidence(sha256: (try? CertificateSummary(der: certificate.der).sha256) ?? "").with
      {
        $0.derBase64 = Data(certificate.der).base64EncodedString()
      }
    }
    var connection = Connection.answered("9.9.9.9", port: 50002, transport: .ssl)
    connection.tls = TLSFacts().with {
      $0.chain = evidence.map(\.sha256)
      $0.verifyResult = verifyResult
    }
    var scan = RawScan("a", [connection])
    scan.certificates = evidence
    let rows = try Normalized([scan]).rows(Certificate.self)
    return try #require(rows.first { $0.sha256 == evidence[0].sha256 })
  }

  private func selfSigned(
    _ template: CertificateTemplate, _ kind: PrivateKey.Kind = .ecP256
  ) throws -> Certificate {
    try row([try template.selfSigned(by: PrivateKey(kind))])
  }

  @Test func `the template shows what one recipe makes alike, in one line`() throws {
    let certificate = try selfSigned(
      Self.template(
        [.init("C", "CH"), .init("O", "Example"), .init("CN", "node4.server.example")],
        names: [.dns("node4.server.example"), .dns("x.example"), .address("192.0.2.7")]),
      .rsa(bits: 2048))
    #expect(
      certificate.template
        == "v3; self-signed; subject CN=<name>,O=Example,C=CH; names DNS:<name>+ IP:<address>; "
        + "valid 3650 d; RSA 2048 e=65537; sha256WithRSAEncryption; serial to 32 bits; 2.5.29.17")
    #expect(certificate.templateSHA256?.count == 64)
  }

  @Test func `certificates of one recipe have one template, whatever their names, keys and times`()
    throws
  {
    func made(_ name: String, at time: Int64, serial: UInt8) throws -> Certificate {
      try selfSigned(
        Self.template(
          [.init("O", "Box"), .init("CN", name)], names: [.dns(name)], notBefore: time,
          serial: Array(repeating: serial, count: 20)))
    }
    let first = try made("a.example", at: Self.epoch + 12_345, serial: 0x71)
    let second = try made("other.host.example.org", at: Self.epoch + 99_999, serial: 0x12)
    #expect(first.template == second.template && first.templateSHA256 == second.templateSHA256)
    #expect(first.sha256 != second.sha256)
  }

  @Test func `another recipe has another template`() throws {
    let subject = [CertificateTemplate.NameAttribute("O", "Box"), .init("CN", "a.example")]
    let plain = Self.template(subject)
    let others = [
      Self.template(subject.reversed()), Self.template(subject, days: 3651),
      Self.template(subject, serial: Array(repeating: 0x71, count: 20)),
      Self.template(subject, hash: .sha1), Self.template(subject, names: [.dns("a.example")]),
      Self.template([.init("O", "Case"), .init("CN", "a.example")]),
      Self.template([.init("O", "Box"), .init("CN", "umbrel.local")]),
    ]
    var templates = Set(try others.map { try selfSigned($0).template })
    templates.insert(try selfSigned(plain).template)
    templates.insert(try selfSigned(plain, .rsa(bits: 2048)).template)
    #expect(templates.count == 9 && !templates.contains(nil))
  }

  @Test(arguments: [
    ("a.example", "<name>"), ("*.a.example", "*.<name>"), ("a.example.", "<name>"),
    ("abc.onion", "<onion>"), ("192.0.2.7", "<address>"), ("2001:db8::1", "<address>"),
    ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("umbrel.local", "umbrel.local"),
    ("root@a.example", "<email>"), ("Internet Widgits Pty Ltd", "Internet Widgits Pty Ltd"),
    ("St. Gallen", "St. Gallen"), ("", ""), ("raspberrypi", "raspberrypi"), ("..", ".."),
  ]) func `what varies in a name is masked, what an appliance ships with is not`(
    value: String, mask: String
  ) {
    #expect(CertificateMask.mask(value) == mask)
  }

  @Test func `escaped separators are part of a value, and any text is taken apart without a trap`()
  {
    let name = DistinguishedName(#"CN=A\+B\=C\; #1+UID=7,O=DigiCert\, Inc.,C=CH"#)
    #expect(name.attributes.map(\.type) == ["CN", "UID", "O", "C"])
    #expect(name.attributes.map(\.isJoined) == [false, true, false, false])
    #expect(name["O"] == "DigiCert, Inc.")
    for text in ["", ",", "=", "\\", "+,+", "CN", "CN=", "=a,=b", #"CN=\"#, "#3000"] {
      _ = DistinguishedName(text)
      _ = CertificateMask.mask(distinguishedName: text)
    }
  }

  @Test func `the class of its maker comes with the rule that told it`() throws {
    let custom = try selfSigned(Self.template([.init("CN", "a.example")]))
    #expect(custom.profile == .selfSignedCustom && custom.profileRule == "certificate.self-signed")
    for subject in [
      [CertificateTemplate.NameAttribute("CN", "localhost")],
      [.init("C", "AU"), .init("ST", "Some-State"), .init("O", "Internet Widgits Pty Ltd")],
      [.init("CN", "TRAEFIK DEFAULT CERT")],
      [.init("O", "Acme Co"), .init("CN", "Kubernetes Ingress Controller Fake Certificate")],
    ] {
      let row = try selfSigned(Self.template(subject))
      #expect(row.profile == .selfSignedDefault)
      #expect(row.profileRule == "certificate.default-subject")
    }
    for (organisation, verified, profile, rule) in [
      ("Box", "unable to get issuer", CertificateProfile.privateAuthority, "other-issuer"),
      ("Let's Encrypt", "unable to get issuer", .publicAuthority, "listed-issuer"),
      ("Box", "ok", .publicAuthority, "chain-verified"),
    ] {
      let root = try Self.template(
        [.init("O", organisation), .init("CN", "R12")], isAuthority: true
      ).selfSigned(by: PrivateKey(.ecP256))
      let leaf = try Self.template([.init("CN", "a.example")])
        .issued(by: root, for: PrivateKey(.ecP256))
      let row = try row([leaf, root], verifyResult: verified)
      #expect(row.profile == profile && row.profileRule == "certificate." + rule)
      #expect(row.template?.contains("issuer CN=R#,O=\(organisation);") == true)
    }
  }

  @Test
  func
    `a certificate that was not sent as leaf, or of which only the digest is known, has no class`()
    throws
  {
    let root = try Self.template([.init("CN", "R")], isAuthority: true)
      .selfSigned(by: PrivateKey(.ecP256))
    let leaf = try Self.template([.init("CN", "a.example")])
      .issued(by: root, for: PrivateKey(.ecP256))
    let other = try row([root])
    #expect(other.profile == .selfSignedCustom)
    var scan = RawScan("a", [.answered("9.9.9.9", transport: .ssl)])
    let rootSHA256 = try CertificateSummary(der: root.der).sha256
    scan.connections[0].tls = TLSFacts().with {
      $0.chain = ["00", rootSHA256]
    }
    scan.certificates = [
      CertificateEvidence(sha256: rootSHA256).with {
        $0.derBase64 = Data(root.der).base64EncodedString()
      },
      CertificateEvidence(sha256: "11").with {
        $0.derBase64 = Data(leaf.der.dropLast()).base64EncodedString()
      },
    ]
    for row in try Normalized([scan]).rows(Certificate.self) {
      #expect(row.profile == nil && row.profileRule == nil)
      if row.subject != nil { continue }
      #expect(row.template == nil && row.templateSHA256 == nil && row.createdAt == nil)
      #expect(row.sha1Signature == nil && row.md5Signature == nil && row.shortRSAKey == nil)
      #expect(row.createdPrecision == nil && row.keyExponent == nil && row.serialBits == nil)
    }
  }

  @Test func `weak hashes and keys are facts`() throws {
    let subject = [CertificateTemplate.NameAttribute("CN", "a.example")]
    let sha1 = try selfSigned(Self.template(subject, hash: .sha1), .rsa(bits: 1024))
    #expect(sha1.sha1Signature == true && sha1.md5Signature == false && sha1.shortRSAKey == true)
    let md5 = try selfSigned(Self.template(subject, hash: .md5), .rsa(bits: 2048))
    #expect(md5.sha1Signature == false && md5.md5Signature == true && md5.shortRSAKey == false)
    let curve = try selfSigned(Self.template(subject))
    #expect(curve.sha1Signature == false && curve.shortRSAKey == false)
    #expect(curve.keyCurve == "prime256v1" && curve.keyExponent == nil)
    #expect(sha1.keyExponent == 65537 && sha1.keyCurve == nil)
    #expect(sha1.serialBits == 31)
  }

  @Test func `the time of making is as exact as it shows`() throws {
    for (seconds, precision) in [
      (0, TimePrecision.day), (3600, .hour), (5400, .minute), (3661, .second),
    ] {
      let row = try selfSigned(
        Self.template([.init("CN", "a.example")], notBefore: Self.epoch + Int64(seconds)))
      #expect(row.createdPrecision == precision)
      #expect(row.createdAt == row.notBefore && row.createdAt?.hasPrefix("2026-01-01T") == true)
    }
  }
}

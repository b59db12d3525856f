import Foundation
import SimulatedTLS
import TLSChannel
import Testing

struct CertificateSummaryTests {
  private func line(_ text: String, _ key: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) }
  }

  @Test(
    .enabled(if: OpenSSLCommand.exists, "the program openssl is not there"),
    arguments: [
      PrivateKey.Kind.ecP256, .rsa(bits: 1024), .ed25519, .ec(curve: "secp256k1"),
    ]) func `every field agrees with openssl x509`(kind: PrivateKey.Kind) throws
  {
    let name = "späße, \"x\" <b>\u{202e}\n.example"
    var template = Certificates.template(hash: .sha1)
    template.subject = [.init("C", "CH"), .init("O", "A+B=C; #1"), .init("CN", name)]
    template.isAuthority = true
    let certificate = try template.selfSigned(by: PrivateKey(kind))
    let summary = try CertificateSummary(der: certificate.der)
    let text = try OpenSSLCommand.run(
      [
        "x509", "-inform", "DER", "-noout", "-fingerprint", "-sha256", "-subject", "-issuer",
        "-serial", "-dates", "-dateopt", "iso_8601", "-nameopt", "RFC2253", "-text",
      ], input: certificate.der)
    #expect(
      line(text, "sha256 Fingerprint=")?.replacingOccurrences(of: ":", with: "").lowercased()
        == summary.sha256)
    #expect(line(text, "subject=") == summary.subject)
    #expect(line(text, "issuer=") == summary.issuer)
    #expect(line(text, "serial=") == summary.serial)
    #expect(line(text, "notBefore=") == "2026-01-01 00:00:00Z")
    #expect(summary.notBefore == Certificates.epoch)
    #expect(summary.notAfter == Certificates.epoch + 3650 * 86_400)
    #expect(text.contains("Signature Algorithm: \(summary.signatureAlgorithm)"))
    if let bits = summary.keyBits, kind != .ed25519 {
      #expect(text.contains("Public-Key: (\(bits) bit)"))
    }
    #expect(text.contains("Exponent: 65537 ") == (summary.keyExponent == 65537))
    #expect((summary.keyExponent != nil) == (summary.keyType == "RSA"))
    #expect(
      summary.alternativeNames == ["DNS:server.example", "IP:192.0.2.7", "IP:2001:db8::7"])
    #expect(text.contains("CA:TRUE") && summary.isAuthority && summary.isSelfSigned)
    #expect(summary.extensionOIDs == ["2.5.29.19", "2.5.29.15", "2.5.29.17"])
    #expect(summary.version == 3)
  }

  @Test func `a key keeps its SPKI digest from certificate to certificate`() throws {
    let key = try PrivateKey(.ecP256)
    let again = try PrivateKey(der: key.der)
    let first = try CertificateSummary(
      der: Certificates.template("a.example").selfSigned(by: key).der)
    let second = try CertificateSummary(
      der: Certificates.template("b.example").selfSigned(by: again).der)
    #expect(first.spkiSHA256 == second.spkiSHA256)
    #expect(first.sha256 != second.sha256)
  }

  @Test func `an issued certificate is not self-signed`() throws {
    let summaries = try Certificates.chain().map { try CertificateSummary(der: $0.der) }
    #expect(summaries.map(\.isSelfSigned) == [false, false, true])
    #expect(summaries.map(\.isAuthority) == [false, true, true])
    #expect(summaries[0].issuer == summaries[1].subject)
  }

  @Test func `an RSA certificate is the same bytes from the same template and key`() throws {
    let key = try PrivateKey(.rsa(bits: 1024))
    let first = try Certificates.template().selfSigned(by: key)
    let second = try Certificates.template().selfSigned(by: key)
    #expect(first.der == second.der)
  }

  @Test func `no bytes trap: flips, cuts and noise are a summary or a typed error`() throws {
    var random = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
    let originals = try [
      Certificates.selfSigned(.ecP256).der, Certificates.selfSigned(.rsa(bits: 1024)).der,
      Certificates.chain()[1].der,
    ]
    var parsed = 0
    for round in 0..<6_000 {
      var der = originals[round % originals.count]
      for _ in 0...random.below(4) {
        der[random.below(der.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      if round % 7 == 0 { der.removeLast(random.below(der.count)) }
      if round % 11 == 0 { der = (0..<random.below(600)).map { _ in UInt8(random.below(256)) } }
      do {
        let summary = try CertificateSummary(der: der)
        parsed += 1
        let texts = [summary.subject, summary.issuer, summary.serial] + summary.alternativeNames
        #expect(texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
      } catch {
        #expect(error.code == .badCertificate)
      }
    }
    #expect(parsed > 500)
  }

  @Test(arguments: [[], [0x30], [0x30, 0x80], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]] as [[UInt8]])
  func `what is no certificate is named so`(bytes: [UInt8]) {
    #expect(throws: TLSError(.badCertificate, "")) { try CertificateSummary(der: bytes) }
  }

  @Test func `bytes after a certificate are refused, not ignored`() throws {
    let der = try Certificates.selfSigned(.ecP256).der
    #expect(throws: TLSError(.badCertificate, "")) { try CertificateSummary(der: der + [0]) }
  }
}

private struct Xorshift {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }
}

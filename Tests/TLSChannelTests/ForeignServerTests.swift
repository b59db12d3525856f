import SimulatedTLS
import TLSChannel
import Testing

/// Our client against `openssl s_server`, set up in ways that a stricter client refuses.
@Suite(.enabled(if: OpenSSLCommand.exists, "the program openssl is not there"))
struct ForeignServerTests {
  private func observe(
    _ chain: [IssuedCertificate], _ arguments: [String] = []
  ) async throws -> ObservingClient.Observation {
    let server = try OpenSSLServer(
      chain: chain.map(\.der), key: chain[0].key.der, arguments: arguments)
    let observation = try await ObservingClient.observe(port: server.port)
    withExtendedLifetime(server) {}
    return observation
  }

  @Test func `an ordinary TLS 1.3 server shows its chain of three as sent`() async throws {
    let chain = try Certificates.chain()
    let summary = try #require(try await observe(chain).summary)
    #expect(summary.chain == chain.map(\.der))
    #expect(summary.version == "TLSv1.3")
    #expect(summary.cipher == "TLS_AES_256_GCM_SHA384")
    #expect(summary.group == "x25519")
    #expect(summary.signatureAlgorithm == "ECDSA+SHA256")
    #expect(summary.verifyResult == "self-signed certificate in certificate chain")
    #expect(summary.applicationProtocol == nil)
    #expect(!summary.hasOCSPStaple)
  }

  @Test func `TLS 1.0 with an expired RSA-1024 SHA-1 certificate is observed`() async throws {
    let template = Certificates.template(
      notBefore: 1_300_000_000, notAfter: 1_400_000_000, hash: .sha1)
    let summary = try #require(
      try await observe(
        [Certificates.selfSigned(.rsa(bits: 1024), template)],
        ["-tls1", "-cipher", "ALL:@SECLEVEL=0"]
      ).summary)
    #expect(summary.version == "TLSv1")
    #expect(summary.chain.count == 1)
    #expect(summary.verifyCode != 0)
  }

  @Test func `RSA-512 and an MD5 signature are observed`() async throws {
    let certificate = try Certificates.selfSigned(
      .rsa(bits: 512), Certificates.template(hash: .md5, version: 1))
    let summary = try #require(
      try await observe([certificate], ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]).summary)
    #expect(summary.version == "TLSv1.1")
    #expect(try CertificateSummary(der: summary.chain[0]).version == 1)
  }

  @Test func `a secp256k1 certificate is seen, not an anonymous suite`() async throws {
    let summary = try #require(
      try await observe([Certificates.selfSigned(.ec(curve: "secp256k1"))], ["-tls1_2"]).summary)
    #expect(summary.cipher.contains("ECDSA"))
    #expect(try CertificateSummary(der: summary.chain[0]).keyCurve == "secp256k1")
  }

  @Test func `an Ed25519 certificate is seen`() async throws {
    let summary = try #require(try await observe([Certificates.selfSigned(.ed25519)]).summary)
    #expect(summary.signatureAlgorithm == "ED25519")
  }

  @Test func `a server with AES-128-CCM only is observed`() async throws {
    let summary = try #require(
      try await observe(
        [Certificates.selfSigned(.ecP256)], ["-ciphersuites", "TLS_AES_128_CCM_SHA256"]
      ).summary)
    #expect(summary.cipher == "TLS_AES_128_CCM_SHA256")
  }

  @Test(arguments: ["ECDHE-RSA-AES128-SHA256", "DHE-RSA-AES128-SHA256", "DHE-RSA-CAMELLIA256-SHA"])
  func `a server with one old suite is observed`(suite: String) async throws {
    let summary = try #require(
      try await observe(
        [Certificates.selfSigned(.rsa(bits: 2048))], ["-tls1_2", "-cipher", suite]
      ).summary)
    #expect(summary.cipher == suite)
    #expect(summary.group?.hasPrefix(suite.hasPrefix("ECDHE") ? "x25519" : "DH-") == true)
  }

  @Test func `an expired certificate is a verification result and no failure`() async throws {
    let summary = try #require(
      try await observe([
        Certificates.selfSigned(.ecP256, Certificates.template(notAfter: Certificates.epoch + 60))
      ]).summary)
    #expect(["certificate has expired", "self-signed certificate"].contains(summary.verifyResult))
  }

  @Test func `the server's alert is named where no version is common`() async throws {
    let certificate = try Certificates.selfSigned(.ecP256)
    let server = try OpenSSLServer(
      chain: [certificate.der], key: certificate.key.der, arguments: ["-tls1_3"])
    let observation = try await ObservingClient.observe(
      port: server.port, versions: .tls12 ... .tls12, stopsAfter: { $0.error != nil })
    withExtendedLifetime(server) {}
    #expect(observation.error?.code == .handshakeFailed)
    #expect(observation.error?.receivedAlert == "protocol version")
  }
}

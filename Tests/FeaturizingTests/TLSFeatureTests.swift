import Featurizing
import Records
import Testing

/// Features of TLS and certificates.
struct TLSFeatureTests {
  private static let handshakes: [Feature] = [
    .tlsGroups, .tlsSignatureAlgorithms, .tlsTicketLifetimes, .tlsResumes, .tlsHelloAnswers,
    .certificateChainLength,
  ]
  private static let leaves: [Feature] = [
    .certificateIssuer, .certificateSubject, .certificateNames, .certificateSerialBits,
    .certificateSignatureAlgorithm, .issuingKeys,
  ]

  private func features(
    _ endpoints: [Endpoint] = [.made("s1")], certificate: Certificate? = nil
  ) throws -> FeatureSet {
    var server = Server.made("s1")
    server.certificateSHA256s = [certificate?.sha256].compactMap(\.self)
    return try FeaturizedSeries([
      SeriesScan(
        name: "a", servers: [server], endpoints: endpoints,
        certificates: [certificate].compactMap(\.self))
    ]).features()
  }

  private func endpoint(
    port: Int = 50002, _ change: (inout HandshakeFacts) -> Void = { _ in }
  ) -> Endpoint {
    var endpoint = Endpoint.made("s1", port: port)
    endpoint.endpointID += String(port)
    endpoint.tlsVersion = "TLSv1.3"
    change(&endpoint.handshake)
    return endpoint
  }

  @Test func `handshakes of several endpoints are put together`() throws {
    let features = try features([
      endpoint {
        ($0.group, $0.signatureAlgorithm) = ("x25519", "ECDSA+SHA256")
        ($0.sessionTicket, $0.ticketLifetimeSeconds) = (true, 7_200)
        ($0.chainLength, $0.resumed) = (1, false)
        $0.helloAnswers = ["5=tls.failed"]
      },
      endpoint(port: 443) {
        ($0.group, $0.signatureAlgorithm) = ("P-256", "ECDSA+SHA256")
        ($0.sessionTicket, $0.ticketLifetimeSeconds) = (true, 300)
        ($0.chainLength, $0.resumed) = (3, true)
      },
    ])
    #expect(features[.tlsGroups] == .texts(["P-256", "x25519"]))
    #expect(features[.tlsSignatureAlgorithms] == .texts(["ECDSA+SHA256"]))
    #expect(features[.tlsTicketLifetimes] == .texts(["300", "7200"]))
    #expect(features[.certificateChainLength] == .integer(3))
    #expect(features[.tlsResumes] == .boolean(true))
    #expect(features[.tlsHelloAnswers] == .texts(["5=tls.failed"]))
  }

  @Test func `tickets that are not sent are absent, and what was not offered was not asked`() throws
  {
    let features = try features([endpoint { $0.sessionTicket = false }])
    #expect(features[.tlsTicketLifetimes] == .absent)
    #expect(features[.tlsResumes] == .unknown(.notAsked))
    #expect(features[.tlsHelloAnswers] == .unknown(.notAsked))
    #expect(try self.features([endpoint { $0.resumed = false }])[.tlsResumes] == .boolean(false))
  }

  @Test func `without TLS all is absent, and without a handshake unknown for what came of it`()
    throws
  {
    var plain = Endpoint.made("s1", port: 50001)
    plain.transport = .tcp
    var refused = Endpoint.made("s1")
    refused.outcome = .connectRefused
    let (none, silent, foreign) = (
      try features([plain]), try features([refused]), try features()
    )
    for feature in Self.handshakes + Self.leaves {
      #expect(none[feature] == .absent)
      #expect(silent[feature] == .unknown(.outcome(.connectRefused)))
      #expect(foreign[feature] == .unknown(.outcome(.untestedNotImported)))
    }
  }

  private func certificate(
    subject: String?, issuer: String?, names: [String] = [], serialBits: Int? = nil
  ) -> Certificate {
    Certificate(sha256: "cc").with {
      $0.subject = subject
      $0.issuer = issuer
      $0.subjectAlternativeNames = names
      $0.signatureAlgorithm = "sha256WithRSAEncryption"
      $0.isLeaf = true
      $0.endpoints = 1
      $0.servers = 1
      $0.serialBits = serialBits
      $0.template = "t"
    }
  }

  @Test func `a certificate's names, serial number and signature are features`() throws {
    let features = try features(
      certificate: certificate(
        subject: "CN=a", issuer: "CN=b", names: ["b.example", "a.example"], serialBits: 63))
    #expect(features[.certificateSubject] == .text("CN=a"))
    #expect(features[.certificateIssuer] == .text("CN=b"))
    #expect(features[.certificateNames] == .texts(["a.example", "b.example"]))
    #expect(features[.certificateSerialBits] == .integer(63))
    #expect(features[.certificateSignatureAlgorithm] == .text("sha256WithRSAEncryption"))
  }

  @Test func `what a certificate leaves empty is absent, and what cannot be told of it unknown`()
    throws
  {
    let features = try features(certificate: certificate(subject: "", issuer: nil))
    #expect(features[.certificateSubject] == .absent && features[.certificateIssuer] == .absent)
    #expect(features[.certificateNames] == .absent)
    #expect(features[.certificateSerialBits] == .unknown(.notSent))
  }

  @Test func `an issuing key is proved, stated, absent or unknown`() throws {
    func issuingKeys(_ change: (inout Certificate) -> Void) throws -> FeatureValue {
      let base = certificate(subject: "CN=a", issuer: "CN=b")
      return try features(certificate: base.with(change))[.issuingKeys]
    }
    #expect(
      try issuingKeys { ($0.issuingKeySHA256, $0.authorityKeyID) = ("k", "i") }
        == .texts(["spki k"]))
    #expect(try issuingKeys { $0.authorityKeyID = "i" } == .texts(["stated i"]))
    #expect(try issuingKeys { _ in } == .unknown(.notSent))
    #expect(try issuingKeys { ($0.selfSigned, $0.authorityKeyID) = (true, "i") } == .absent)
    #expect(
      try issuingKeys { ($0.profile, $0.issuingKeySHA256) = (.publicAuthority, "k") } == .absent)
  }

  @Test func `a certificate of ten thousand long names fills no row`() throws {
    let long = String(repeating: "e\u{301}", count: 5_000)
    let names = (0..<10_000).map { "n\($0)." + long.prefix(10) }
    let features = try features(
      certificate: certificate(subject: long, issuer: long, names: names + [long]))
    #expect(features.texts(.certificateNames).count == 32)
    #expect(features.text(.certificateSubject)?.unicodeScalars.count == 256)
    #expect(features.text(.certificateIssuer)?.unicodeScalars.count == 256)
  }
}

import Artifact

/// What a TLS handshake showed of the server.
public struct TLSFacts: Sendable, Equatable {
  /// Negotiated application protocol. nil: none was negotiated, or not observed.
  public var alpn: String?
  /// SHA-256 of each certificate as sent, leaf first.
  public var chain: [String]
  /// Negotiated cipher suite, OpenSSL name. nil: the value was not observed.
  public var cipher: String?
  /// Duration of the handshake. Unit: µs. nil: the value was not observed.
  public var durationMicroseconds: Int?
  /// Key exchange group. nil: the value was not observed.
  public var group: String?
  /// Whether an OCSP response was stapled. nil: the value was not observed.
  public var ocspStaple: Bool?
  /// Whether this handshake resumed the session of an earlier one. nil: no ticket was offered.
  public var resumed: Bool?
  /// Whether the server knows RFC 5746. nil: the value was not observed.
  public var secureRenegotiation: Bool?
  /// Whether the server sent a session ticket. nil: the value was not observed.
  public var sessionTicket: Bool?
  /// Algorithm of the server's handshake signature. nil: the value was not observed.
  public var signatureAlgorithm: String?
  /// Address and port of the endpoint whose ticket was offered. nil: none was.
  public var ticketFrom: String?
  /// Lifetime hint of the first ticket. Unit: s. nil: no ticket.
  public var ticketLifetimeSeconds: Int?
  /// Verdict of the system roots on the chain: a fact, never a ground to refuse. nil: the value was not observed.
  public var verifyResult: String?
  /// Negotiated protocol version. nil: the value was not observed.
  public var version: String?

  public init(
    alpn: String? = nil, chain: [String] = [], cipher: String? = nil,
    durationMicroseconds: Int? = nil, group: String? = nil,
    ocspStaple: Bool? = nil, resumed: Bool? = nil, secureRenegotiation: Bool? = nil,
    sessionTicket: Bool? = nil, signatureAlgorithm: String? = nil, ticketFrom: String? = nil,
    ticketLifetimeSeconds: Int? = nil, verifyResult: String? = nil, version: String? = nil
  ) {
    self.ocspStaple = ocspStaple
    self.resumed = resumed
    self.secureRenegotiation = secureRenegotiation
    self.ticketFrom = ticketFrom
    self.ticketLifetimeSeconds = ticketLifetimeSeconds
    self.alpn = alpn
    self.chain = chain
    self.cipher = cipher
    self.durationMicroseconds = durationMicroseconds
    self.group = group
    self.sessionTicket = sessionTicket
    self.signatureAlgorithm = signatureAlgorithm
    self.verifyResult = verifyResult
    self.version = version
  }
}

extension TLSFacts {
  static let columns: [Column] = [
    Column(
      "alpn", .text, "Negotiated application protocol.",
      empty: "none was negotiated, or not observed"),
    Column("chain", .texts, "SHA-256 of each certificate as sent, leaf first."),
    Column(
      "cipher", .text, "Negotiated cipher suite, OpenSSL name.", empty: "the value was not observed"
    ),
    Column(
      "duration_us", .integer, "Duration of the handshake.", unit: "µs",
      empty: "the value was not observed"),
    Column("group", .text, "Key exchange group.", empty: "the value was not observed"),
    Column(
      "ocsp_staple", .boolean, "Whether an OCSP response was stapled.",
      empty: "the value was not observed"),
    Column(
      "resumed", .boolean, "Whether this handshake resumed the session of an earlier one.",
      empty: "no ticket was offered"),
    Column(
      "secure_renegotiation", .boolean, "Whether the server knows RFC 5746.",
      empty: "the value was not observed"),
    Column(
      "session_ticket", .boolean, "Whether the server sent a session ticket.",
      empty: "the value was not observed"),
    Column(
      "signature_algorithm", .text, "Algorithm of the server's handshake signature.",
      empty: "the value was not observed"),
    Column(
      "ticket_from", .text, "Address and port of the endpoint whose ticket was offered.",
      empty: "none was"),
    Column(
      "ticket_lifetime_s", .integer, "Lifetime hint of the first ticket.", unit: "s",
      empty: "no ticket"),
    Column(
      "verify_result", .text,
      "Verdict of the system roots on the chain: a fact, never a ground to refuse.",
      empty: "the value was not observed"),
    Column("version", .text, "Negotiated protocol version.", empty: "the value was not observed"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.text("alpn", alpn)
    encoder.texts("chain", chain)
    encoder.text("cipher", cipher)
    encoder.integer("duration_us", durationMicroseconds)
    encoder.text("group", group)
    encoder.boolean("ocsp_staple", ocspStaple)
    encoder.boolean("resumed", resumed)
    encoder.boolean("secure_renegotiation", secureRenegotiation)
    encoder.boolean("session_ticket", sessionTicket)
    encoder.text("signature_algorithm", signatureAlgorithm)
    encoder.text("ticket_from", ticketFrom)
    encoder.integer("ticket_lifetime_s", ticketLifetimeSeconds)
    encoder.text("verify_result", verifyResult)
    encoder.text("version", version)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    alpn = try decoder.optionalText("alpn")
    chain = try decoder.texts("chain")
    cipher = try decoder.optionalText("cipher")
    durationMicroseconds = try decoder.optionalInteger("duration_us")
    group = try decoder.optionalText("group")
    ocspStaple = try decoder.optionalBoolean("ocsp_staple")
    resumed = try decoder.optionalBoolean("resumed")
    secureRenegotiation = try decoder.optionalBoolean("secure_renegotiation")
    sessionTicket = try decoder.optionalBoolean("session_ticket")
    signatureAlgorithm = try decoder.optionalText("signature_algorithm")
    ticketFrom = try decoder.optionalText("ticket_from")
    ticketLifetimeSeconds = try decoder.optionalInteger("ticket_lifetime_s")
    verifyResult = try decoder.optionalText("verify_result")
    version = try decoder.optionalText("version")
  }
}

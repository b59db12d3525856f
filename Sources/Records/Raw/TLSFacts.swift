public import Artifact

/// What a TLS handshake showed of the server.
public struct TLSFacts: ColumnGroup, Equatable {
  public var alpn: String?
  public var chain: [String] = []
  public var cipher: String?
  public var durationMicroseconds: Int?
  public var group: String?
  public var ocspStaple: Bool?
  public var resumed: Bool?
  public var secureRenegotiation: Bool?
  public var sessionTicket: Bool?
  public var signatureAlgorithm: String?
  public var ticketFrom: String?
  public var ticketLifetimeSeconds: Int?
  public var verifyResult: String?
  public var version: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "alpn", &alpn, "Negotiated application protocol.", nil: "none was negotiated, or not observed"
    )
    try c.texts("chain", &chain, "SHA-256 of each certificate as sent, leaf first.")
    try c.text(
      "cipher", &cipher, "Negotiated cipher suite, OpenSSL name.", nil: "the value was not observed"
    )
    try c.integer(
      "duration_us", &durationMicroseconds, "Duration of the handshake.", unit: "µs",
      nil: "the value was not observed")
    try c.text("group", &group, "Key exchange group.", nil: "the value was not observed")
    try c.boolean(
      "ocsp_staple", &ocspStaple, "Whether an OCSP response was stapled.",
      nil: "the value was not observed")
    try c.boolean(
      "resumed", &resumed, "Whether this handshake resumed the session of an earlier one.",
      nil: "no ticket was offered")
    try c.boolean(
      "secure_renegotiation", &secureRenegotiation, "Whether the server knows RFC 5746.",
      nil: "the value was not observed")
    try c.boolean(
      "session_ticket", &sessionTicket, "Whether the server sent a session ticket.",
      nil: "the value was not observed")
    try c.text(
      "signature_algorithm", &signatureAlgorithm, "Algorithm of the server's handshake signature.",
      nil: "the value was not observed")
    try c.text(
      "ticket_from", &ticketFrom, "Address and port of the endpoint whose ticket was offered.",
      nil: "none was")
    try c.integer(
      "ticket_lifetime_s", &ticketLifetimeSeconds, "Lifetime hint of the first ticket.", unit: "s",
      nil: "no ticket")
    try c.text(
      "verify_result", &verifyResult,
      "Verdict of the system roots on the chain: a fact, never a ground to refuse.",
      nil: "the value was not observed")
    try c.text(
      "version", &version, "Negotiated protocol version.", nil: "the value was not observed")
  }
}

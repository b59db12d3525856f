public import Artifact

/// What TLS handshakes at an endpoint showed beside version and cipher suite: columns of `Endpoint`.
public struct HandshakeFacts: ColumnGroup, Equatable {
  public var group: String?
  public var signatureAlgorithm: String?
  public var sessionTicket: Bool?
  public var ticketLifetimeSeconds: Int?
  public var chainLength: Int?
  public var resumed: Bool?
  public var helloAnswers: [String] = []
  public var withheld: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "tls_group", &group, "Key exchange group of the last handshake.",
      nil: "no handshake, or not recorded")
    try c.text(
      "tls_signature_algorithm", &signatureAlgorithm, "Algorithm of the server's signature in it.",
      nil: "no handshake, or not recorded")
    try c.boolean(
      "tls_session_ticket", &sessionTicket, "Whether the server sent a session ticket.",
      nil: "no handshake, or not recorded")
    try c.integer(
      "tls_ticket_lifetime_s", &ticketLifetimeSeconds, "Lifetime hint of that ticket.", unit: "s",
      nil: "no ticket, or not recorded")
    try c.integer(
      "tls_chain_length", &chainLength, "Certificates that it sent.", nil: "no certificate was seen"
    )
    try c.boolean(
      "tls_resumed", &resumed,
      "Whether it ever took a session ticket that was offered to it, of its own or of another endpoint, but for tickets of an onion service at a clearnet endpoint and the reverse.",
      nil: "none was offered")
    try c.texts(
      "tls_hello_answers", &helloAnswers,
      "What it chose from hellos that offer less: `hello=version cipher group application-protocol`, `-` for what was not negotiated, or the outcome of the handshake.",
      nil: "no such hello was sent")
    try c.text(
      "tls_withheld", &withheld,
      "Why certificate, ticket and the rest of what handshakes showed are unknown although they were seen: `withheld.twin` at an onion service that shares its key, certificate or tickets with a clearnet server, where the two do not name each other.",
      nil: "nothing is withheld")
  }
}

import Artifact

/// What TLS handshakes at an endpoint showed beside version and cipher suite: columns of `Endpoint`.
public struct HandshakeFacts: Sendable, Equatable {
  /// Key exchange group of the last handshake. nil: no handshake, or not recorded.
  public var group: String?
  /// Algorithm of the server's signature in it. nil: no handshake, or not recorded.
  public var signatureAlgorithm: String?
  /// Whether the server sent a session ticket in it. nil: no handshake, or not recorded.
  public var sessionTicket: Bool?
  /// Lifetime hint of that ticket. Unit: s. nil: no ticket, or not recorded.
  public var ticketLifetimeSeconds: Int?
  /// Certificates that it sent. nil: none was seen.
  public var chainLength: Int?
  /// Whether a session ticket was ever taken. nil: none was offered.
  public var resumed: Bool?
  /// What the server chose from hellos that offer less.
  public var helloAnswers: [String] = []

  public init() {}
}

extension HandshakeFacts {
  static let columns: [Column] = [
    Column(
      "tls_group", .text, "Key exchange group of the last handshake.",
      empty: "no handshake, or not recorded"),
    Column(
      "tls_signature_algorithm", .text, "Algorithm of the server's signature in it.",
      empty: "no handshake, or not recorded"),
    Column(
      "tls_session_ticket", .boolean, "Whether the server sent a session ticket.",
      empty: "no handshake, or not recorded"),
    Column(
      "tls_ticket_lifetime_s", .integer, "Lifetime hint of that ticket.", unit: "s",
      empty: "no ticket, or not recorded"),
    Column(
      "tls_chain_length", .integer, "Certificates that it sent.", empty: "no certificate was seen"),
    Column(
      "tls_resumed", .boolean,
      "Whether it ever took a session ticket, of its own or of another endpoint, that was offered to it.",
      empty: "none was offered"),
    Column(
      "tls_hello_answers", .texts,
      "What it chose from hellos that offer less: `hello=version cipher group application-protocol`, `-` for what was not negotiated, or the outcome of the handshake.",
      empty: "no such hello was sent"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.text("tls_group", group)
    encoder.text("tls_signature_algorithm", signatureAlgorithm)
    encoder.boolean("tls_session_ticket", sessionTicket)
    encoder.integer("tls_ticket_lifetime_s", ticketLifetimeSeconds)
    encoder.integer("tls_chain_length", chainLength)
    encoder.boolean("tls_resumed", resumed)
    encoder.texts("tls_hello_answers", helloAnswers)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    group = try decoder.optionalText("tls_group")
    signatureAlgorithm = try decoder.optionalText("tls_signature_algorithm")
    sessionTicket = try decoder.optionalBoolean("tls_session_ticket")
    ticketLifetimeSeconds = try decoder.optionalInteger("tls_ticket_lifetime_s")
    chainLength = try decoder.optionalInteger("tls_chain_length")
    resumed = try decoder.optionalBoolean("tls_resumed")
    helloAnswers = try decoder.texts("tls_hello_answers")
  }
}

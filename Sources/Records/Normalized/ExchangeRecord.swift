public import Artifact

/// To what length a reply is filled up with spaces.
public enum PaddingClass: String, ColumnWord {
  /// It is not.
  case none
  /// To a power of two: it has its packet alone.
  case powerOfTwo = "power-of-two"
  /// To another length, as where it ends a packet of several.
  case other
}

/// One probe and the shape of what answered it.
public struct ExchangeRecord: ListedRow, Equatable {
  public static let schema = table(
    "normalized.exchanges", version: 1, .csv, key: ["endpoint_id", "attempt", "sequence"],
    "Every probe of every attempt, without judgement.")

  public var endpointID = ""
  public var attempt = 0
  public var sequence = 0
  public var serverID = ""
  public var probe = ""
  public var outcome = Outcome.untestedNotApplicable
  public var errorCode: Int?
  public var errorMessage: String?
  public var resultKind: String?
  public var keyOrder: String?
  public var separators: String?
  public var lineEnd: String?
  public var paddingBytes: Int?
  public var replyBytes: Int?
  public var sentMilliseconds: Double?
  public var firstByteMilliseconds: Double?
  public var lastByteMilliseconds: Double?
  public var errorMasked: String?
  public var errorExactSHA256: String?
  public var paddingClass: PaddingClass?
  public var delay: ReplyDelay?
  public var serviceMilliseconds: Double?
  public var protocolNegotiated: String?
  public var resultSkeleton: String?

  public init(endpointID: String, serverID: String, probe: String, outcome: Outcome) {
    self.endpointID = endpointID
    self.serverID = serverID
    self.probe = probe
    self.outcome = outcome
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.integer("sequence", &sequence, "Position of the probe in the attempt, from 1.")
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.text("probe", &probe, "Permanent id of the probe.")
    try c.word("outcome", &outcome, "How the exchange ended.")
    try c.integer(
      "error_code", &errorCode, "JSON-RPC error code.", nil: "no error, or one without a code")
    try c.text("error_message", &errorMessage, "Error text as sent.", nil: "no error")
    try c.text("result_kind", &resultKind, "JSON type of the result.", nil: "no result")
    try c.text(
      "key_order", &keyOrder, "Keys of the reply object in the order sent.",
      nil: "no reply, or no object")
    try c.text(
      "separators", &separators, "`compact` or `spaced`.", nil: "no reply, or it shows neither")
    try c.text("line_end", &lineEnd, "`lf` or `crlf`.", nil: "no reply, or not recorded")
    try c.integer(
      "padding_bytes", &paddingBytes, "Spaces before the last bracket of the reply.", unit: "bytes",
      nil: "no reply")
    try c.integer(
      "reply_bytes", &replyBytes, "Length of the reply line.", unit: "bytes", nil: "no reply")
    try c.number(
      "sent_ms", &sentMilliseconds, digits: 9,
      "When the request left, since the start of the attempt.", unit: "ms", nil: "not known")
    try c.number(
      "first_byte_ms", &firstByteMilliseconds, digits: 9,
      "From request to the first byte of the reply.", unit: "ms", nil: "not known")
    try c.number(
      "last_byte_ms", &lastByteMilliseconds, digits: 9,
      "From request to the last byte of the reply.", unit: "ms", nil: "not known")
    try c.text(
      "error_masked", &errorMasked,
      "Error text with what depends on the request and the chain masked.", nil: "no error")
    try c.text(
      "error_exact_sha256", &errorExactSHA256,
      "SHA-256 of the error text as sent (UTF-8), where `[redacted n bytes]` stands for credentials.",
      nil: "no error, or nothing was replaced")
    try c.word(
      "padding_class", &paddingClass, "To what length the reply is filled up with spaces.",
      nil: "no reply, or not recorded")
    try c.word(
      "delay", &delay, "Whether traffic padding can have held the reply back.",
      nil: "no reply, or not judged (imported)")
    try c.number(
      "service_ms", &serviceMilliseconds, digits: 9,
      "Time to the first byte over that of the attempt's quickest undelayed ping.", unit: "ms",
      nil: "delayed, or no such ping")
    try c.text(
      "protocol_negotiated", &protocolNegotiated,
      "Protocol version that server.version agreed on in the attempt.",
      nil: "not answered, or no version")
    try c.text(
      "result_skeleton", &resultSkeleton,
      "JSON types of the result, bounded: each different element of a list once, keys sorted, `*` for keys that are data.",
      nil: "no result")
  }

  public var sortKey: SortKey { .of(endpointID, attempt, sequence) }
}

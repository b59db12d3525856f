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
public struct ExchangeRecord: ArtifactRow, Equatable {
  /// The endpoint.
  public var endpointID: String
  /// The attempt at the endpoint.
  public var attempt: Int
  /// Position of the probe in the attempt, from 1.
  public var sequence: Int
  /// The server of the endpoint.
  public var serverID: String
  /// Permanent id of the probe.
  public var probe: String
  /// How the exchange ended.
  public var outcome: Outcome
  /// JSON-RPC error code. nil: no error, or one without a code.
  public var errorCode: Int?
  /// Error text as sent. nil: no error.
  public var errorMessage: String?
  /// JSON type of the result. nil: no result.
  public var resultKind: String?
  /// Keys of the reply object in the order sent. nil: no reply, or no object.
  public var keyOrder: String?
  /// `compact` or `spaced`. nil: no reply, or it shows neither.
  public var separators: String?
  /// `lf` or `crlf`. nil: no reply, or not recorded.
  public var lineEnd: String?
  /// Spaces before the last bracket of the reply. Unit: bytes. nil: no reply.
  public var paddingBytes: Int?
  /// Length of the reply line. Unit: bytes. nil: no reply.
  public var replyBytes: Int?
  /// When the request left, since the start of the attempt. Unit: ms. nil: not known.
  public var sentMilliseconds: Double?
  /// From request to the first byte of the reply. Unit: ms. nil: not known.
  public var firstByteMilliseconds: Double?
  /// From request to the last byte of the reply. Unit: ms. nil: not known.
  public var lastByteMilliseconds: Double?
  /// Error text with what depends on the request and the chain masked. nil: no error.
  public var errorMasked: String?
  /// To what length the reply is filled up with spaces. nil: no reply, or not recorded.
  public var paddingClass: PaddingClass?
  /// Whether traffic padding can have held the reply back. nil: no reply, or not judged (imported).
  public var delay: ReplyDelay?
  /// Time to the first byte over that of the attempt's quickest undelayed ping. Unit: ms. nil: delayed, or no such ping.
  public var serviceMilliseconds: Double?
  /// Protocol version that server.version agreed on in the attempt. nil: not answered, or no version.
  public var protocolNegotiated: String?
  /// JSON types of the result, bounded: each different element of a list once, keys sorted, `*` for keys that are data. nil: no result.
  public var resultSkeleton: String?

  public init(
    endpointID: String, attempt: Int, sequence: Int, serverID: String, probe: String,
    outcome: Outcome, errorCode: Int? = nil, errorMessage: String? = nil, resultKind: String? = nil,
    keyOrder: String? = nil, separators: String? = nil, lineEnd: String? = nil,
    paddingBytes: Int? = nil, replyBytes: Int? = nil, sentMilliseconds: Double? = nil,
    firstByteMilliseconds: Double? = nil, lastByteMilliseconds: Double? = nil,
    errorMasked: String? = nil, paddingClass: PaddingClass? = nil, delay: ReplyDelay? = nil,
    serviceMilliseconds: Double? = nil, protocolNegotiated: String? = nil,
    resultSkeleton: String? = nil
  ) {
    self.endpointID = endpointID
    self.attempt = attempt
    self.sequence = sequence
    self.serverID = serverID
    self.probe = probe
    self.outcome = outcome
    self.errorCode = errorCode
    self.errorMessage = errorMessage
    self.resultKind = resultKind
    self.keyOrder = keyOrder
    self.separators = separators
    self.lineEnd = lineEnd
    self.paddingBytes = paddingBytes
    self.replyBytes = replyBytes
    self.sentMilliseconds = sentMilliseconds
    self.firstByteMilliseconds = firstByteMilliseconds
    self.lastByteMilliseconds = lastByteMilliseconds
    self.errorMasked = errorMasked
    self.paddingClass = paddingClass
    self.delay = delay
    self.serviceMilliseconds = serviceMilliseconds
    self.protocolNegotiated = protocolNegotiated
    self.resultSkeleton = resultSkeleton
  }
}

extension ExchangeRecord {
  static let columns: [Column] = [
    Column("endpoint_id", .text, "The endpoint."),
    Column("attempt", .integer, "The attempt at the endpoint."),
    Column("sequence", .integer, "Position of the probe in the attempt, from 1."),
    Column("server_id", .text, "The server of the endpoint."),
    Column("probe", .text, "Permanent id of the probe."),
    Column("outcome", .word(Outcome.words), "How the exchange ended."),
    Column(
      "error_code", .integer, "JSON-RPC error code.", empty: "no error, or one without a code"),
    Column("error_message", .text, "Error text as sent.", empty: "no error"),
    Column("result_kind", .text, "JSON type of the result.", empty: "no result"),
    Column(
      "key_order", .text, "Keys of the reply object in the order sent.",
      empty: "no reply, or no object"),
    Column("separators", .text, "`compact` or `spaced`.", empty: "no reply, or it shows neither"),
    Column("line_end", .text, "`lf` or `crlf`.", empty: "no reply, or not recorded"),
    Column(
      "padding_bytes", .integer, "Spaces before the last bracket of the reply.", unit: "bytes",
      empty: "no reply"),
    Column("reply_bytes", .integer, "Length of the reply line.", unit: "bytes", empty: "no reply"),
    Column(
      "sent_ms", .number(significantDigits: 9),
      "When the request left, since the start of the attempt.", unit: "ms", empty: "not known"),
    Column(
      "first_byte_ms", .number(significantDigits: 9),
      "From request to the first byte of the reply.", unit: "ms", empty: "not known"),
    Column(
      "last_byte_ms", .number(significantDigits: 9), "From request to the last byte of the reply.",
      unit: "ms", empty: "not known"),
    Column(
      "error_masked", .text, "Error text with what depends on the request and the chain masked.",
      empty: "no error"),
    Column(
      "padding_class", .word(PaddingClass.words),
      "To what length the reply is filled up with spaces.", empty: "no reply, or not recorded"),
    Column(
      "delay", .word(ReplyDelay.words), "Whether traffic padding can have held the reply back.",
      empty: "no reply, or not judged (imported)"),
    Column(
      "service_ms", .number(significantDigits: 9),
      "Time to the first byte over that of the attempt's quickest undelayed ping.", unit: "ms",
      empty: "delayed, or no such ping"),
    Column(
      "protocol_negotiated", .text,
      "Protocol version that server.version agreed on in the attempt.",
      empty: "not answered, or no version"),
    Column(
      "result_skeleton", .text,
      "JSON types of the result, bounded: each different element of a list once, keys sorted, `*` for keys that are data.",
      empty: "no result"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.exchanges", version: 1, encoding: .csv,
    key: ["endpoint_id", "attempt", "sequence"],
    summary: "Every probe of every attempt, without judgement.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(endpointID)
    key.append(attempt)
    key.append(sequence)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("endpoint_id", endpointID)
    encoder.integer("attempt", attempt)
    encoder.integer("sequence", sequence)
    encoder.text("server_id", serverID)
    encoder.text("probe", probe)
    encoder.text("outcome", outcome.rawValue)
    encoder.integer("error_code", errorCode)
    encoder.text("error_message", errorMessage)
    encoder.text("result_kind", resultKind)
    encoder.text("key_order", keyOrder)
    encoder.text("separators", separators)
    encoder.text("line_end", lineEnd)
    encoder.integer("padding_bytes", paddingBytes)
    encoder.integer("reply_bytes", replyBytes)
    encoder.number("sent_ms", sentMilliseconds, significantDigits: 9)
    encoder.number("first_byte_ms", firstByteMilliseconds, significantDigits: 9)
    encoder.number("last_byte_ms", lastByteMilliseconds, significantDigits: 9)
    encoder.text("error_masked", errorMasked)
    encoder.text("padding_class", paddingClass?.rawValue)
    encoder.text("delay", delay?.rawValue)
    encoder.number("service_ms", serviceMilliseconds, significantDigits: 9)
    encoder.text("protocol_negotiated", protocolNegotiated)
    encoder.text("result_skeleton", resultSkeleton)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    endpointID = try decoder.text("endpoint_id")
    attempt = try decoder.integer("attempt")
    sequence = try decoder.integer("sequence")
    serverID = try decoder.text("server_id")
    probe = try decoder.text("probe")
    outcome = try decoder.word("outcome", Outcome.self)
    errorCode = try decoder.optionalInteger("error_code")
    errorMessage = try decoder.optionalText("error_message")
    resultKind = try decoder.optionalText("result_kind")
    keyOrder = try decoder.optionalText("key_order")
    separators = try decoder.optionalText("separators")
    lineEnd = try decoder.optionalText("line_end")
    paddingBytes = try decoder.optionalInteger("padding_bytes")
    replyBytes = try decoder.optionalInteger("reply_bytes")
    sentMilliseconds = try decoder.optionalNumber("sent_ms")
    firstByteMilliseconds = try decoder.optionalNumber("first_byte_ms")
    lastByteMilliseconds = try decoder.optionalNumber("last_byte_ms")
    errorMasked = try decoder.optionalText("error_masked")
    paddingClass = try decoder.optionalWord("padding_class", PaddingClass.self)
    delay = try decoder.optionalWord("delay", ReplyDelay.self)
    serviceMilliseconds = try decoder.optionalNumber("service_ms")
    protocolNegotiated = try decoder.optionalText("protocol_negotiated")
    resultSkeleton = try decoder.optionalText("result_skeleton")
  }
}

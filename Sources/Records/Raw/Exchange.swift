import Artifact

/// One request and what answered it.
public struct Exchange: Sendable, Equatable {
  /// Whether traffic padding can have held the answer back. nil: no answer, or not judged (imported).
  public var delay: ReplyDelay?
  /// Arrival of the first byte of the answering line. Unit: µs. nil: no answer, or its time is not known.
  public var firstByteMicroseconds: Int?
  /// JSON-RPC id of the request. nil: not known (imported).
  public var id: Int?
  /// Arrival of the last byte of the answering line. Unit: µs. nil: no answer, or its time is not known.
  public var lastByteMicroseconds: Int?
  /// 0-based index of the answering line in the received stream. nil: no line answered it.
  public var line: Int?
  /// How the exchange ended.
  public var outcome: Outcome
  /// Spaces that fill the answering line's packet. Unit: bytes. nil: no line answered it, or not counted (imported).
  public var paddingBytes: Int?
  /// Permanent id of the probe.
  public var probe: String
  /// When the request left. Unit: µs. nil: never sent, or its time is not known.
  public var sentMicroseconds: Int?
  /// Answer time over that of the connection's quickest undelayed ping. Unit: µs. nil: delayed, or no such ping.
  public var serviceMicroseconds: Int?

  public init(
    delay: ReplyDelay? = nil, firstByteMicroseconds: Int? = nil, id: Int? = nil,
    lastByteMicroseconds: Int? = nil, line: Int? = nil, outcome: Outcome,
    paddingBytes: Int? = nil, probe: String, sentMicroseconds: Int? = nil,
    serviceMicroseconds: Int? = nil
  ) {
    self.delay = delay
    self.paddingBytes = paddingBytes
    self.serviceMicroseconds = serviceMicroseconds
    self.firstByteMicroseconds = firstByteMicroseconds
    self.id = id
    self.lastByteMicroseconds = lastByteMicroseconds
    self.line = line
    self.outcome = outcome
    self.probe = probe
    self.sentMicroseconds = sentMicroseconds
  }
}

extension Exchange {
  /// From the request's leaving to the first byte of the answer. Unit: µs.
  public var answerMicroseconds: Int? {
    guard let sentMicroseconds, let firstByteMicroseconds else { return nil }
    return max(0, firstByteMicroseconds - sentMicroseconds)
  }

  static let columns: [Column] = [
    Column(
      "delay", .word(ReplyDelay.words), "Whether traffic padding can have held the answer back.",
      empty: "no answer, or not judged (imported)"),
    Column(
      "first_byte_us", .integer, "Arrival of the first byte of the answering line.", unit: "µs",
      empty: "no answer, or its time is not known"),
    Column("id", .integer, "JSON-RPC id of the request.", empty: "not known (imported)"),
    Column(
      "last_byte_us", .integer, "Arrival of the last byte of the answering line.", unit: "µs",
      empty: "no answer, or its time is not known"),
    Column(
      "line", .integer, "0-based index of the answering line in the received stream.",
      empty: "no line answered it"),
    Column("outcome", .word(Outcome.words), "How the exchange ended."),
    Column(
      "padding_bytes", .integer, "Spaces that fill the answering line's packet.", unit: "bytes",
      empty: "no line answered it, or not counted (imported)"),
    Column("probe", .text, "Permanent id of the probe."),
    Column(
      "sent_us", .integer, "When the request left.", unit: "µs",
      empty: "never sent, or its time is not known"),
    Column(
      "service_us", .integer,
      "Answer time over that of the connection's quickest undelayed ping.", unit: "µs",
      empty: "delayed, or no such ping"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.text("delay", delay?.rawValue)
    encoder.integer("first_byte_us", firstByteMicroseconds)
    encoder.integer("id", id)
    encoder.integer("last_byte_us", lastByteMicroseconds)
    encoder.integer("line", line)
    encoder.text("outcome", outcome.rawValue)
    encoder.integer("padding_bytes", paddingBytes)
    encoder.text("probe", probe)
    encoder.integer("sent_us", sentMicroseconds)
    encoder.integer("service_us", serviceMicroseconds)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    delay = try decoder.optionalWord("delay", ReplyDelay.self)
    firstByteMicroseconds = try decoder.optionalInteger("first_byte_us")
    id = try decoder.optionalInteger("id")
    lastByteMicroseconds = try decoder.optionalInteger("last_byte_us")
    line = try decoder.optionalInteger("line")
    outcome = try decoder.word("outcome", Outcome.self)
    paddingBytes = try decoder.optionalInteger("padding_bytes")
    probe = try decoder.text("probe")
    sentMicroseconds = try decoder.optionalInteger("sent_us")
    serviceMicroseconds = try decoder.optionalInteger("service_us")
  }
}

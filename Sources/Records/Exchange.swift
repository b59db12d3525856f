import Artifact

/// One request and what answered it.
public struct Exchange: Sendable, Equatable {
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
  /// Permanent id of the probe.
  public var probe: String
  /// When the request left. Unit: µs. nil: never sent, or its time is not known.
  public var sentMicroseconds: Int?

  public init(
    firstByteMicroseconds: Int? = nil, id: Int? = nil, lastByteMicroseconds: Int? = nil,
    line: Int? = nil, outcome: Outcome, probe: String, sentMicroseconds: Int? = nil
  ) {
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
  static let columns: [Column] = [
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
    Column("probe", .text, "Permanent id of the probe."),
    Column(
      "sent_us", .integer, "When the request left.", unit: "µs",
      empty: "never sent, or its time is not known"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.integer("first_byte_us", firstByteMicroseconds)
    encoder.integer("id", id)
    encoder.integer("last_byte_us", lastByteMicroseconds)
    encoder.integer("line", line)
    encoder.text("outcome", outcome.rawValue)
    encoder.text("probe", probe)
    encoder.integer("sent_us", sentMicroseconds)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    firstByteMicroseconds = try decoder.optionalInteger("first_byte_us")
    id = try decoder.optionalInteger("id")
    lastByteMicroseconds = try decoder.optionalInteger("last_byte_us")
    line = try decoder.optionalInteger("line")
    outcome = try decoder.word("outcome", Outcome.self)
    probe = try decoder.text("probe")
    sentMicroseconds = try decoder.optionalInteger("sent_us")
  }
}

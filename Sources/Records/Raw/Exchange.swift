public import Artifact

/// One request and what answered it.
public struct Exchange: ColumnGroup, Equatable {
  public var delay: ReplyDelay?
  public var firstByteMicroseconds: Int?
  public var id: Int?
  public var lastByteMicroseconds: Int?
  public var line: Int?
  public var outcome = Outcome.untestedNotApplicable
  public var paddingBytes: Int?
  public var probe = ""
  public var sentMicroseconds: Int?
  public var serviceMicroseconds: Int?

  public init(outcome: Outcome, probe: String) {
    self.outcome = outcome
    self.probe = probe
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word(
      "delay", &delay, "Whether traffic padding can have held the answer back.",
      nil: "no answer, or not judged (imported)")
    try c.integer(
      "first_byte_us", &firstByteMicroseconds, "Arrival of the first byte of the answering line.",
      unit: "µs", nil: "no answer, or its time is not known")
    try c.integer("id", &id, "JSON-RPC id of the request.", nil: "not known (imported)")
    try c.integer(
      "last_byte_us", &lastByteMicroseconds, "Arrival of the last byte of the answering line.",
      unit: "µs", nil: "no answer, or its time is not known")
    try c.integer(
      "line", &line, "0-based index of the answering line in the received stream.",
      nil: "no line answered it")
    try c.word("outcome", &outcome, "How the exchange ended.")
    try c.integer(
      "padding_bytes", &paddingBytes, "Spaces that fill the answering line's packet.",
      unit: "bytes", nil: "no line answered it, or not counted (imported)")
    try c.text("probe", &probe, "Permanent id of the probe.")
    try c.integer(
      "sent_us", &sentMicroseconds, "When the request left.", unit: "µs",
      nil: "never sent, or its time is not known")
    try c.integer(
      "service_us", &serviceMicroseconds,
      "Answer time over that of the connection's quickest undelayed ping.", unit: "µs",
      nil: "delayed, or no such ping")
  }
}

extension Exchange {
  /// From the request's leaving to the first byte of the answer. Unit: µs.
  public var answerMicroseconds: Int? {
    guard let sentMicroseconds, let firstByteMicroseconds else { return nil }
    return max(0, firstByteMicroseconds - sentMicroseconds)
  }
}

public import Artifact

/// One indicator of protocol deviation, evaluated for one server.
public struct Indicator: ListedRow, Equatable {
  public static let schema = table(
    "scores.indicators", version: 1, .csv, key: ["server_id", "indicator"],
    "Every indicator of every reached server: fired, passed, unknown or not measured.")

  public var serverID = ""
  public var indicator = ""
  public var status = IndicatorStatus.fired
  public var verdictClass = VerdictClass.proved
  public var grade: IndicatorGrade?
  public var nats: Double?
  public var observations = 0
  public var scans: [String] = []
  public var evidence: String?
  public var unknownReason: IndicatorUnknownReason?

  public init(
    serverID: String, indicator: String, status: IndicatorStatus, verdictClass: VerdictClass
  ) {
    self.serverID = serverID
    self.indicator = indicator
    self.status = status
    self.verdictClass = verdictClass
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("indicator", &indicator, "Permanent id of the rule.")
    try c.word(
      "status", &status,
      "Whether it fired; `not-measured`: nothing of the series could have measured it.")
    try c.word(
      "class", &verdictClass,
      "What kind of statement it makes: of what fired, else the strongest that it can.")
    try c.word(
      "grade", &grade, "How much it says where it fired: the greatest grade of all that was seen.",
      nil: "it did not fire")
    try c.number(
      "nats", &nats, digits: 6,
      "What it adds to its family before the discount, natural logarithm of a Bayes factor, at most the cap of its grade: ln 1000 for strong and proved, ln 100 for supporting, 0 for none.",
      unit: "nats", nil: "it did not fire")
    try c.integer("observations", &observations, "Observations that it saw, over all scans.")
    try c.texts("scans", &scans, "Scans in which it was seen to fire; the first 20.")
    try c.text("evidence", &evidence, "What was observed, for a reader.", nil: "nothing to show")
    try c.word(
      "unknown_reason", &unknownReason, "Why it is unknown or not measured.",
      nil: "it fired or passed")
  }

  public var sortKey: SortKey { .of(serverID, indicator) }
}

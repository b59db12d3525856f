public import Artifact

/// One indicator of protocol deviation, evaluated for one server.
public struct Indicator: ListedRow, Equatable {
  public static let schema = table(
    "scores.indicators", version: 1, .csv, key: ["server_id", "indicator"],
    "Every indicator of every reached server: fired, passed or unknown.")

  public var serverID = ""
  public var indicator = ""
  public var status = IndicatorStatus.fired
  public var verdictClass = VerdictClass.proved
  public var nats: Double?
  public var observations = 0
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
    try c.word("status", &status, "Whether it fired.")
    try c.word("class", &verdictClass, "What kind of statement it makes.")
    try c.number(
      "nats", &nats, digits: 6, "Log-likelihood ratio that it contributes, natural logarithm.",
      unit: "nats", nil: "unknown, or the indicator is descriptive")
    try c.integer("observations", &observations, "Observations that it saw.")
    try c.text("evidence", &evidence, "What was observed, for a reader.", nil: "nothing to show")
    try c.word("unknown_reason", &unknownReason, "Why it is unknown.", nil: "it is not unknown")
  }

  public var sortKey: SortKey { .of(serverID, indicator) }
}

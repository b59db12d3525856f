public import Artifact

/// How far a server's answers deviate from the protocol's truth.
public struct Deviation: ListedRow, Equatable {
  public static let schema = table(
    "scores.deviation", version: 1, .csv, key: ["server_id"],
    "One row a reached server.")

  public var serverID = ""
  public var score: Double?
  public var verdict = Verdict.insufficient
  public var flagged = false
  public var coverage = 0.0
  public var evaluated = 0
  public var fired: [String] = []
  public var proved: [String] = []
  public var families: [String] = []
  public var pValue: Double?
  public var operatorPValue: Double?
  public var reported = false
  public var statement = ""

  public init(serverID: String, verdict: Verdict) {
    self.serverID = serverID
    self.verdict = verdict
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.number(
      "score", &score, digits: 6,
      "Deviation score in [0, 1]: the chance that it deviates in at least one family, calibrated on simulation; no probability of intent.",
      nil: "no indicator was evaluated")
    try c.word("verdict", &verdict, "In one word; `statement` says it in a sentence.")
    try c.boolean("flagged", &flagged, "True where deviation is proved or suspected.")
    try c.number(
      "coverage", &coverage, digits: 6,
      "Mean, over the families that the plan and the series can measure, of the weight of the indicators observed over that of those that can be."
    )
    try c.integer("evaluated", &evaluated, "Indicators that could be evaluated.")
    try c.texts("fired", &fired, "Indicators that fired, those of grade none included.")
    try c.texts(
      "proved", &proved,
      "Indicators that prove a deviation; `indicator_evidence` leads to the bytes.")
    try c.texts(
      "families", &families,
      "Each scored family in which something fired, and the chance of deviation in it: `family=chance`, four digits."
    )
    try c.number(
      "p_value", &pValue, digits: 6,
      "Least p-value of what fired without proof, times the indicators that were observed; p of an indicator: one more than its hits on the honest servers of the evaluation, over one more than these. Of a statement about the list, and no condition of the verdict.",
      nil: "no indicator was evaluated")
    try c.number(
      "operator_p_value", &operatorPValue, digits: 6,
      "Of its likely operator: the least of its servers' p-values, times their number.",
      nil: "no indicator was evaluated")
    try c.boolean(
      "reported", &reported,
      "True where Benjamini and Hochberg's procedure keeps it at a false discovery rate of 0.1 over all servers."
    )
    try c.text(
      "statement", &statement, "The verdict in a sentence, from the one table of verdicts.")
  }

  public var sortKey: SortKey { .of(serverID) }
}

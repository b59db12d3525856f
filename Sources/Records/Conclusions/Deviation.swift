public import Artifact

/// How far a server's answers deviate from the protocol's truth.
public struct Deviation: ListedRow, Equatable {
  public static let schema = table(
    "scores.deviation", version: 1, .csv, key: ["server_id"],
    "One row a reached server.")

  public var serverID = ""
  public var score: Double?
  public var verdict = Verdict.insufficient
  public var coverage = 0.0
  public var evaluated = 0
  public var fired: [String] = []

  public init(serverID: String, verdict: Verdict) {
    self.serverID = serverID
    self.verdict = verdict
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.number(
      "score", &score, digits: 6,
      "Deviation score in [0, 1]: calibrated on simulation, no probability of intent.",
      nil: "coverage is below one half: insufficient evidence")
    try c.word("verdict", &verdict, "In words.")
    try c.number(
      "coverage", &coverage, digits: 6,
      "Weight of the indicators that could be evaluated over the weight of all.")
    try c.integer("evaluated", &evaluated, "Indicators that could be evaluated.")
    try c.texts("fired", &fired, "Indicators that fired.")
  }

  public var sortKey: SortKey { .of(serverID) }
}

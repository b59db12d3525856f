public import Artifact

/// What another judgement would make of a flagged server's score.
public struct ScoreSensitivityRow: ListedRow, Equatable {
  public static let schema = table(
    "scores.sensitivity", version: 1, .csv, key: ["server_id", "assumption"],
    "Each flagged server's score with one assumption moved at a time.")

  public var serverID = ""
  public var assumption = ""
  public var low = 0.0
  public var high = 0.0
  public var scoreAtLow = 0.0
  public var scoreAtHigh = 0.0
  public var suspectedAtLow = false
  public var suspectedAtHigh = false

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "assumption", &assumption,
      "What is moved: `prior`, `discount`, or the greatest odds of a grade (`strong_odds`, `supporting_odds`)."
    )
    try c.number("low", &low, digits: 6, "Its lower value.")
    try c.number("high", &high, digits: 6, "Its higher value.")
    try c.number("score_low", &scoreAtLow, digits: 6, "The score with the lower value.")
    try c.number("score_high", &scoreAtHigh, digits: 6, "The score with the higher value.")
    try c.boolean(
      "suspected_low", &suspectedAtLow, "Whether it is suspected with the lower value.")
    try c.boolean(
      "suspected_high", &suspectedAtHigh, "Whether it is suspected with the higher value.")
  }

  public var sortKey: SortKey { .of(serverID, assumption) }
}

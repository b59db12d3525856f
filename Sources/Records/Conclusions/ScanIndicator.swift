public import Artifact

/// What one scan shows of one server for one indicator.
public struct ScanIndicator: ListedRow, Equatable {
  public static let schema = table(
    "scores.scan_indicators", version: 1, .csv, key: ["server_id", "indicator", "hit"],
    "What one scan shows of its servers, by indicator: all that a series needs of the scan. Kept in a folder of the scan's name and used again as long as its inputs, the parameters and the likely operators of its servers stay."
  )

  public var serverID = ""
  public var indicator = ""
  public var hit = 0
  public var observations = 0
  public var grade: IndicatorGrade?
  public var subject: String?
  public var text: String?
  public var endpointID: String?
  public var attempt: Int?
  public var sequence: Int?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("indicator", &indicator, "Permanent id of the rule.")
    try c.integer("hit", &hit, "Number of what fired, from 1; 0: nothing fired.")
    try c.integer(
      "observations", &observations,
      "How much was looked at: the same in all rows of a server and indicator.")
    try c.word("grade", &grade, "What the hit says alone.", nil: "nothing fired")
    try c.text(
      "subject", &subject, "What it is about, so that the same can be told in another scan.",
      nil: "nothing fired")
    try c.text("text", &text, "The same for a reader.", nil: "nothing fired")
    try c.text(
      "endpoint_id", &endpointID, "The endpoint that answered.", nil: "no single answer shows it")
    try c.integer("attempt", &attempt, "The attempt at it.", nil: "no single answer shows it")
    try c.integer(
      "sequence", &sequence, "Position of the exchange in the attempt, from 1.",
      nil: "the attempt as a whole shows it, or no single answer")
  }

  public var sortKey: SortKey { .of(serverID, indicator, hit) }
}

public import Artifact

/// The way from an indicator that fired back to the bytes.
public struct IndicatorEvidence: ListedRow, Equatable {
  public static let schema = table(
    "scores.indicator_evidence", version: 1, .csv,
    key: ["server_id", "indicator", "scan", "endpoint_id", "attempt", "sequence"],
    "Where an indicator that fired was seen; at most 20 rows an indicator and server.")

  /// Most rows of one indicator and server.
  public static let limit = 20

  public var serverID = ""
  public var indicator = ""
  public var scan = ""
  public var endpointID = ""
  public var attempt = 0
  public var sequence = 0
  public var archived = false

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("indicator", &indicator, "Permanent id of the rule.")
    try c.text("scan", &scan, "The scan.")
    try c.text("endpoint_id", &endpointID, "The endpoint that answered.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.integer(
      "sequence", &sequence,
      "Position of the exchange in the attempt, from 1; 0: the attempt as a whole shows it.")
    try c.boolean(
      "archived", &archived,
      "True where the raw evidence of the scan has the bytes; false of an import, which has none.")
  }

  public var sortKey: SortKey { .of(serverID, indicator, scan, endpointID, attempt, sequence) }
}

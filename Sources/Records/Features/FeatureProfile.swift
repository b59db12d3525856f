public import Artifact

/// The comparable features of one server over the series: of each the last that is known, of sets
/// all that were ever seen.
public struct FeatureProfile: ListedRow, Equatable {
  public static let schema = table(
    "features.profiles", version: 1, .csv, key: ["server_id"],
    "One row a server: of each feature the last known value of the series, of sets all values.")

  public var serverID = ""
  public var scans = 0
  public var scansAnswered = 0
  public var firstScan = ""
  public var lastScan = ""
  public var reached = false
  public var coverage = 0.0
  /// Its features.
  public var features = FeatureSet(unknown: .notAsked)

  public init(serverID: String, firstScan: String, lastScan: String) {
    self.serverID = serverID
    self.firstScan = firstScan
    self.lastScan = lastScan
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.integer("scans", &scans, "Scans in which the server is listed or tried.")
    try c.integer("scans_answered", &scansAnswered, "Scans in which it identified itself.")
    try c.text("first_scan", &firstScan, "First scan that has it.")
    try c.text("last_scan", &lastScan, "Last scan that has it.")
    try c.boolean("reached", &reached, "True where it was reached in any scan.")
    try c.number(
      "coverage", &coverage, digits: 6,
      "Share of the probes asked of anybody in the series that it answered in any scan. Depends on what was asked of others."
    )
    try c.derived(&features)
  }

  public var sortKey: SortKey { .of(serverID) }
}

public import Artifact

/// The comparable features of one server in one epoch, from what was observed in it alone.
public struct FeatureVector: ListedRow, Equatable {
  public static let schema = table(
    "features.features", version: 1, .csv, key: ["epoch", "server_id"],
    "One row an epoch and server: what can be compared, from that epoch alone.")

  public var epoch = ""
  public var epochStart: String?
  public var serverID = ""
  public var scans = 0
  public var scansAnswered = 0
  public var reached = false
  public var coverage = 0.0
  /// Its features.
  public var features = FeatureSet(unknown: .notAsked)

  public init(epoch: String, serverID: String) {
    self.epoch = epoch
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("epoch", &epoch, "The epoch, by the name of its first scan.")
    try c.timestamp(
      "epoch_start", &epochStart, "When the epoch begins, UTC.",
      nil: "the scan's name tells no time")
    try c.text("server_id", &serverID, "The server.")
    try c.integer("scans", &scans, "Scans of the epoch in which the server is listed or tried.")
    try c.integer(
      "scans_answered", &scansAnswered, "Scans of the epoch in which it identified itself.")
    try c.boolean("reached", &reached, "True where it was reached in any of them.")
    try c.number(
      "coverage", &coverage, digits: 6,
      "Share of the probes asked of anybody in the epoch that it answered. Depends on what was asked of others."
    )
    try c.derived(&features)
  }

  public var sortKey: SortKey { .of(epoch, serverID) }
}

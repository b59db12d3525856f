public import Artifact

/// The state of a server in one scan.
public struct TimelineEntry: ListedRow, Equatable {
  public static let schema = table(
    "features.timelines", version: 1, .csv, key: ["scan", "server_id"],
    "One row a scan and server.")

  public var serverID = ""
  public var scan = ""
  public var outcome = Outcome.untestedNotApplicable
  public var reached = false
  public var softwareVersion: String?
  public var tipHeight: Int?
  public var certificateSHA256s: [String] = []
  public var addresses: [String] = []
  public var vantage = ""
  public var startedAt: String?
  public var state = Liveness.up
  public var unknownReason: Outcome?
  public var changes: [String] = []
  public var excused: ExclusionRule?

  public init(serverID: String, scan: String, outcome: Outcome, vantage: String, state: Liveness) {
    self.serverID = serverID
    self.scan = scan
    self.outcome = outcome
    self.vantage = vantage
    self.state = state
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("scan", &scan, "The scan.")
    try c.word("outcome", &outcome, "Best outcome of its endpoints.")
    try c.boolean("reached", &reached, "True where any endpoint was reached.")
    try c.text(
      "software_version", &softwareVersion, "Implementation and version claimed.",
      nil: "the value was not observed")
    try c.integer(
      "tip_height", &tipHeight, "Height of its header tip.", unit: "blocks",
      nil: "the value was not observed")
    try c.texts("certificate_sha256s", &certificateSHA256s, "Leaf certificates seen.")
    try c.texts("addresses", &addresses, "Addresses.")
    try c.text(
      "vantage", &vantage,
      "Where the scan was taken from: what follows the time in the scan's name, the whole name where it has no time."
    )
    try c.timestamp(
      "started_at", &startedAt, "Start of the scan, UTC.", nil: "the scan's name has no time")
    try c.word(
      "state", &state,
      "Whether a connection to it was established, could not be, or was not tried so that it counts."
    )
    try c.word(
      "unknown_reason", &unknownReason, "Outcome of an endpoint for which the state is not known.",
      nil: "the state is up or down")
    try c.texts(
      "changes", &changes,
      "Seen since the last known state from this vantage: down, return, version, restart, certificate, address. That a word is not there does not say that nothing happened: a restart is seen by a change of version alone."
    )
    try c.word(
      "excused", &excused, "Rule by which that it was not reached is not held against it.",
      nil: "none")
  }

  public var sortKey: SortKey { .of(scan, serverID) }
}

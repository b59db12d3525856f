public import Artifact

/// Something that happened to a server, by epoch, from whatever vantage it was seen.
public struct ServerEvent: ListedRow, Equatable {
  public static let schema = table(
    "features.events", version: 1, .csv, key: ["server_id", "epoch", "kind"],
    "Events of servers by epoch, for comparing their rhythm.")

  public var serverID = ""
  public var epoch = 0
  public var kind = ServerChange.down
  public var epochStart = ""
  public var gapHours: Double?
  public var excluded: ExclusionRule?

  public init(serverID: String, kind: ServerChange, epochStart: String) {
    self.serverID = serverID
    self.kind = kind
    self.epochStart = epochStart
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.integer("epoch", &epoch, "Number of the epoch since 1970.")
    try c.word("kind", &kind, "What happened.")
    try c.timestamp("epoch_start", &epochStart, "Start of the epoch, UTC.")
    try c.number(
      "gap_hours", &gapHours, digits: 6,
      "Time between the last known state before and the observation: it happened in between.",
      unit: "h", nil: "the state before was seen in a scan without a time")
    try c.word(
      "excluded", &excluded, "Rule by which it says nothing of the server's own rhythm.",
      nil: "it counts")
  }

  public var sortKey: SortKey { .of(serverID, epoch, kind) }
}

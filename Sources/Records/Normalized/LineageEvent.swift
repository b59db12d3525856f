public import Artifact

/// What became of a server's id from the scan before to this one.
public struct LineageEvent: ListedRow, Equatable {
  public static let schema = table(
    "normalized.lineage", version: 1, .csv, key: ["server_id", "kind"],
    "How each server's id came from the scan before: carried, new, merged, split.")

  public var serverID = ""
  public var kind = LineageKind.carried
  public var others: [String] = []
  public var overlap: Double?

  public init(serverID: String, kind: LineageKind) {
    self.serverID = serverID
    self.kind = kind
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server in this scan.")
    try c.word("kind", &kind, "What happened.")
    try c.texts(
      "others", &others,
      "Servers of earlier scans that it took endpoints from; empty where its own id says all.")
    try c.number(
      "overlap", &overlap, digits: 6,
      "Share of common endpoints among all that either has: with itself before, or with the closest of the others.",
      nil: "it is new")
  }

  public var sortKey: SortKey { .of(serverID, kind) }
}

public import Artifact

/// One of the servers whose nodes' mempools are nearest to a server's.
public struct BackendCandidate: ListedRow, Equatable {
  public static let schema = table(
    "features.backend_candidates", version: 1, .csv, key: ["server_id", "rank"],
    "Candidate pairs for linkage: of each server the ten others whose nodes' mempools are nearest, of those with 5 samples to compare."
  )

  public var serverID = ""
  public var rank = 0
  public var otherID = ""
  public var distance = 0.0
  public var samples = 0

  public init(serverID: String, otherID: String) {
    self.serverID = serverID
    self.otherID = otherID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.integer("rank", &rank, "1 for the nearest, at most 10; ties by the other's id.")
    try c.text("other_id", &otherID, "The server whose node is near.")
    try c.number(
      "distance", &distance, digits: 6,
      "Median over those samples of the distance of the mempools, from 0, where they are equal, to 1. Small by chance as well: nodes with the usual policy converge."
    )
    try c.integer(
      "samples", &samples,
      "Samples of the two that were taken in one scan at most 30 s apart, of the last 24 of each.")
  }

  public var sortKey: SortKey { .of(serverID, rank) }
}

public import Artifact

/// One of the servers whose nodes' mempools are nearest to a server's.
public struct BackendCandidate: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// 1 for the nearest, at most 10.
  public var rank: Int
  /// The server whose node is near.
  public var otherID: String
  /// Median of the distances of their mempools.
  public var distance: Double
  /// Samples of both that were compared.
  public var samples: Int

  public init(serverID: String, rank: Int, otherID: String, distance: Double, samples: Int) {
    self.serverID = serverID
    self.rank = rank
    self.otherID = otherID
    self.distance = distance
    self.samples = samples
  }
}

extension BackendCandidate {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("rank", .integer, "1 for the nearest, at most 10; ties by the other's id."),
    Column("other_id", .text, "The server whose node is near."),
    Column(
      "distance", .number(significantDigits: 6),
      "Median over those samples of the distance of the mempools, from 0, where they are equal, to 1. Small by chance as well: nodes with the usual policy converge."
    ),
    Column(
      "samples", .integer,
      "Samples of the two that were taken in one scan at most 30 s apart, of the last 24 of each."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.backend_candidates", version: 1, encoding: .csv, key: ["server_id", "rank"],
    summary:
      "Candidate pairs for linkage: of each server the ten others whose nodes' mempools are nearest, of those with 5 samples to compare.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(rank)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.integer("rank", rank)
    encoder.text("other_id", otherID)
    encoder.number("distance", distance, significantDigits: 6)
    encoder.integer("samples", samples)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    rank = try decoder.integer("rank")
    otherID = try decoder.text("other_id")
    distance = try decoder.number("distance")
    samples = try decoder.integer("samples")
  }
}

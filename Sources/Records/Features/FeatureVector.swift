public import Artifact

/// The comparable features of one server in one epoch, from what was observed in it alone.
public struct FeatureVector: ArtifactRow, Equatable {
  /// The epoch, by its first scan.
  public var epoch: String
  /// When the epoch begins, UTC. nil: the scan's name tells no time.
  public var epochStart: String?
  /// The server.
  public var serverID: String
  /// Scans of the epoch in which the server is listed or tried.
  public var scans: Int
  /// Scans of the epoch in which it identified itself.
  public var scansAnswered: Int
  /// True where it was reached in any of them.
  public var reached: Bool
  /// Share of the probes asked of anybody in the epoch that it answered.
  public var coverage: Double
  /// Its features.
  public var features: FeatureSet

  public init(
    epoch: String, epochStart: String? = nil, serverID: String, scans: Int, scansAnswered: Int,
    reached: Bool,
    coverage: Double, features: FeatureSet
  ) {
    self.epoch = epoch
    self.epochStart = epochStart
    self.serverID = serverID
    self.scans = scans
    self.scansAnswered = scansAnswered
    self.reached = reached
    self.coverage = coverage
    self.features = features
  }
}

extension FeatureVector {
  public static let schema = ArtifactSchema(
    id: "features.features", version: 1, encoding: .csv, key: ["epoch", "server_id"],
    summary: "One row an epoch and server: what can be compared, from that epoch alone.",
    columns: [
      Column("epoch", .text, "The epoch, by the name of its first scan."),
      Column(
        "epoch_start", .timestamp, "When the epoch begins, UTC.",
        empty: "the scan's name tells no time"),
      Column("server_id", .text, "The server."),
      Column(
        "scans", .integer, "Scans of the epoch in which the server is listed or tried."),
      Column("scans_answered", .integer, "Scans of the epoch in which it identified itself."),
      Column("reached", .boolean, "True where it was reached in any of them."),
      Column(
        "coverage", .number(significantDigits: 6),
        "Share of the probes asked of anybody in the epoch that it answered. Depends on what was asked of others."
      ),
    ] + FeatureSet.columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(epoch)
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("epoch", epoch)
    encoder.text("epoch_start", epochStart)
    encoder.text("server_id", serverID)
    encoder.integer("scans", scans)
    encoder.integer("scans_answered", scansAnswered)
    encoder.boolean("reached", reached)
    encoder.number("coverage", coverage, significantDigits: 6)
    features.encode(to: &encoder)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    epoch = try decoder.text("epoch")
    epochStart = try decoder.optionalText("epoch_start")
    serverID = try decoder.text("server_id")
    scans = try decoder.integer("scans")
    scansAnswered = try decoder.integer("scans_answered")
    reached = try decoder.boolean("reached")
    coverage = try decoder.number("coverage")
    features = try FeatureSet(from: &decoder)
  }
}

public import Artifact

/// The comparable features of one server over the series: of each the last that is known, of sets
/// all that were ever seen.
public struct FeatureProfile: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Scans in which the server is listed or tried.
  public var scans: Int
  /// Scans in which it identified itself.
  public var scansAnswered: Int
  /// First scan that has it.
  public var firstScan: String
  /// Last scan that has it.
  public var lastScan: String
  /// True where it was reached in any scan.
  public var reached: Bool
  /// Share of the series' probes that it answered in any scan.
  public var coverage: Double
  /// Its features.
  public var features: FeatureSet

  public init(
    serverID: String, scans: Int, scansAnswered: Int, firstScan: String, lastScan: String,
    reached: Bool, coverage: Double, features: FeatureSet
  ) {
    self.serverID = serverID
    self.scans = scans
    self.scansAnswered = scansAnswered
    self.firstScan = firstScan
    self.lastScan = lastScan
    self.reached = reached
    self.coverage = coverage
    self.features = features
  }
}

extension FeatureProfile {
  public static let schema = ArtifactSchema(
    id: "features.profiles", version: 1, encoding: .csv, key: ["server_id"],
    summary:
      "One row a server: of each feature the last known value of the series, of sets all values.",
    columns: [
      Column("server_id", .text, "The server."),
      Column("scans", .integer, "Scans in which the server is listed or tried."),
      Column("scans_answered", .integer, "Scans in which it identified itself."),
      Column("first_scan", .text, "First scan that has it."),
      Column("last_scan", .text, "Last scan that has it."),
      Column("reached", .boolean, "True where it was reached in any scan."),
      Column(
        "coverage", .number(significantDigits: 6),
        "Share of the probes asked of anybody in the series that it answered in any scan. Depends on what was asked of others."
      ),
    ] + FeatureSet.columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.integer("scans", scans)
    encoder.integer("scans_answered", scansAnswered)
    encoder.text("first_scan", firstScan)
    encoder.text("last_scan", lastScan)
    encoder.boolean("reached", reached)
    encoder.number("coverage", coverage, significantDigits: 6)
    features.encode(to: &encoder)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    scans = try decoder.integer("scans")
    scansAnswered = try decoder.integer("scans_answered")
    firstScan = try decoder.text("first_scan")
    lastScan = try decoder.text("last_scan")
    reached = try decoder.boolean("reached")
    coverage = try decoder.number("coverage")
    features = try FeatureSet(from: &decoder)
  }
}

public import Artifact

/// A scan as a whole: what `collect` says of it.
public struct Scan: ArtifactRow, Equatable {
  /// The scan.
  public var scan: String
  /// Bitcoin network that was asked for.
  public var network: String
  /// Where it was taken from. nil: not recorded.
  public var vantage: String?
  /// Start, UTC. nil: not recorded.
  public var startedAt: String?
  /// End, UTC. nil: not recorded.
  public var endedAt: String?
  /// True where everything that it heard of was tried, within its rules; false where it ended early. nil: not recorded, as in an import.
  public var complete: Bool?
  /// Why it ended early. nil: it did not, or that is not recorded.
  public var cause: String?
  /// True where its servers are a test bed's: it says nothing of the world.
  public var simulated: Bool
  /// True where another program took it.
  public var imported: Bool
  /// Kind of file that was imported. nil: it was not.
  public var format: String?
  /// Plan of questions. nil: not recorded.
  public var plan: String?
  /// Networks that could be reached. Empty: not recorded.
  public var routes: [String]
  /// What was heard of and not followed, by the limit that forbade it, as `over_name_limit 12`. Empty: nothing, or not recorded.
  public var dropped: [String]

  public init(
    scan: String, network: String, vantage: String? = nil, startedAt: String? = nil,
    endedAt: String? = nil, complete: Bool? = nil, cause: String? = nil, simulated: Bool,
    imported: Bool, format: String? = nil, plan: String? = nil, routes: [String] = [],
    dropped: [String] = []
  ) {
    self.scan = scan
    self.network = network
    self.vantage = vantage
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.complete = complete
    self.cause = cause
    self.simulated = simulated
    self.imported = imported
    self.format = format
    self.plan = plan
    self.routes = routes
    self.dropped = dropped
  }
}

extension Scan {
  static let columns: [Column] = [
    Column("scan", .text, "The scan."),
    Column("network", .text, "Bitcoin network that was asked for."),
    Column("vantage", .text, "Where it was taken from.", empty: "not recorded"),
    Column("started_at", .timestamp, "Start, UTC.", empty: "not recorded"),
    Column("ended_at", .timestamp, "End, UTC.", empty: "not recorded"),
    Column(
      "complete", .boolean,
      "True where everything that it heard of was tried, within its rules; false where it ended early.",
      empty: "not recorded, as in an import"),
    Column(
      "cause", .text, "Why it ended early.", empty: "it did not, or that is not recorded"),
    Column(
      "simulated", .boolean,
      "True where its servers are a test bed's: it says nothing of the world."
    ),
    Column("imported", .boolean, "True where another program took it."),
    Column("format", .text, "Kind of file that was imported.", empty: "it was not imported"),
    Column("plan", .text, "Plan of questions.", empty: "not recorded"),
    Column("routes", .texts, "Networks that could be reached.", empty: "not recorded"),
    Column(
      "dropped", .texts,
      "What was heard of and not followed, by the limit that forbade it, as `over_name_limit 12`.",
      empty: "nothing, or not recorded"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.scans", version: 1, encoding: .csv, key: ["scan"],
    summary: "The scan as a whole: when, from where, and whether it is complete.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(scan)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("scan", scan)
    encoder.text("network", network)
    encoder.text("vantage", vantage)
    encoder.text("started_at", startedAt)
    encoder.text("ended_at", endedAt)
    encoder.boolean("complete", complete)
    encoder.text("cause", cause)
    encoder.boolean("simulated", simulated)
    encoder.boolean("imported", imported)
    encoder.text("format", format)
    encoder.text("plan", plan)
    encoder.texts("routes", routes)
    encoder.texts("dropped", dropped)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    scan = try decoder.text("scan")
    network = try decoder.text("network")
    vantage = try decoder.optionalText("vantage")
    startedAt = try decoder.optionalText("started_at")
    endedAt = try decoder.optionalText("ended_at")
    complete = try decoder.optionalBoolean("complete")
    cause = try decoder.optionalText("cause")
    simulated = try decoder.boolean("simulated")
    imported = try decoder.boolean("imported")
    format = try decoder.optionalText("format")
    plan = try decoder.optionalText("plan")
    routes = try decoder.texts("routes")
    dropped = try decoder.texts("dropped")
  }
}

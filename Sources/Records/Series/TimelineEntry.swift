public import Artifact

/// The state of a server in one scan.
public struct TimelineEntry: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// The scan.
  public var scan: String
  /// Best outcome of its endpoints.
  public var outcome: Outcome
  /// True where any endpoint was reached.
  public var reached: Bool
  /// Implementation and version claimed. nil: the value was not observed.
  public var softwareVersion: String?
  /// Height of its header tip. Unit: blocks. nil: the value was not observed.
  public var tipHeight: Int?
  /// Leaf certificates seen.
  public var certificateSHA256s: [String]
  /// Addresses.
  public var addresses: [String]
  /// Where the scan was taken from: what follows the time in the scan's name, the whole name where it has no time.
  public var vantage: String
  /// Start of the scan, UTC. nil: the scan's name has no time.
  public var startedAt: String?
  /// Whether a connection to it was established, could not be, or was not tried so that it counts.
  public var state: Liveness
  /// Outcome of an endpoint for which the state is not known. nil: the state is up or down.
  public var unknownReason: Outcome?
  /// Seen since the last known state from this vantage: down, return, version, restart, certificate, address. That a word is not there does not say that nothing happened: a restart is seen by a change of version alone.
  public var changes: [String]
  /// Rule by which that it was not reached is not held against it. nil: none.
  public var excused: ExclusionRule?

  public init(
    serverID: String, scan: String, outcome: Outcome, reached: Bool,
    softwareVersion: String? = nil, tipHeight: Int? = nil, certificateSHA256s: [String] = [],
    addresses: [String] = [], vantage: String, startedAt: String? = nil, state: Liveness,
    unknownReason: Outcome? = nil, changes: [String] = [], excused: ExclusionRule? = nil
  ) {
    self.serverID = serverID
    self.scan = scan
    self.outcome = outcome
    self.reached = reached
    self.softwareVersion = softwareVersion
    self.tipHeight = tipHeight
    self.certificateSHA256s = certificateSHA256s
    self.addresses = addresses
    self.vantage = vantage
    self.startedAt = startedAt
    self.state = state
    self.unknownReason = unknownReason
    self.changes = changes
    self.excused = excused
  }
}

extension TimelineEntry {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("scan", .text, "The scan."),
    Column("outcome", .word(Outcome.words), "Best outcome of its endpoints."),
    Column("reached", .boolean, "True where any endpoint was reached."),
    Column(
      "software_version", .text, "Implementation and version claimed.",
      empty: "the value was not observed"),
    Column(
      "tip_height", .integer, "Height of its header tip.", unit: "blocks",
      empty: "the value was not observed"),
    Column("certificate_sha256s", .texts, "Leaf certificates seen."),
    Column("addresses", .texts, "Addresses."),
    Column(
      "vantage", .text,
      "Where the scan was taken from: what follows the time in the scan's name, the whole name where it has no time."
    ),
    Column(
      "started_at", .timestamp, "Start of the scan, UTC.", empty: "the scan's name has no time"),
    Column(
      "state", .word(Liveness.words),
      "Whether a connection to it was established, could not be, or was not tried so that it counts."
    ),
    Column(
      "unknown_reason", .word(Outcome.words),
      "Outcome of an endpoint for which the state is not known.", empty: "the state is up or down"),
    Column(
      "changes", .texts,
      "Seen since the last known state from this vantage: down, return, version, restart, certificate, address. That a word is not there does not say that nothing happened: a restart is seen by a change of version alone."
    ),
    Column(
      "excused", .word(ExclusionRule.words),
      "Rule by which that it was not reached is not held against it.", empty: "none"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.timelines", version: 1, encoding: .csv, key: ["scan", "server_id"],
    summary: "One row a scan and server.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(scan)
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("scan", scan)
    encoder.text("outcome", outcome.rawValue)
    encoder.boolean("reached", reached)
    encoder.text("software_version", softwareVersion)
    encoder.integer("tip_height", tipHeight)
    encoder.texts("certificate_sha256s", certificateSHA256s)
    encoder.texts("addresses", addresses)
    encoder.text("vantage", vantage)
    encoder.text("started_at", startedAt)
    encoder.text("state", state.rawValue)
    encoder.text("unknown_reason", unknownReason?.rawValue)
    encoder.texts("changes", changes)
    encoder.text("excused", excused?.rawValue)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    scan = try decoder.text("scan")
    outcome = try decoder.word("outcome", Outcome.self)
    reached = try decoder.boolean("reached")
    softwareVersion = try decoder.optionalText("software_version")
    tipHeight = try decoder.optionalInteger("tip_height")
    certificateSHA256s = try decoder.texts("certificate_sha256s")
    addresses = try decoder.texts("addresses")
    vantage = try decoder.text("vantage")
    startedAt = try decoder.optionalText("started_at")
    state = try decoder.word("state", Liveness.self)
    unknownReason = try decoder.optionalWord("unknown_reason", Outcome.self)
    changes = try decoder.texts("changes")
    excused = try decoder.optionalWord("excused", ExclusionRule.self)
  }
}

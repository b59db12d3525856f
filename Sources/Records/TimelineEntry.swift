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

  public init(
    serverID: String, scan: String, outcome: Outcome, reached: Bool, softwareVersion: String? = nil,
    tipHeight: Int? = nil, certificateSHA256s: [String] = [], addresses: [String] = []
  ) {
    self.serverID = serverID
    self.scan = scan
    self.outcome = outcome
    self.reached = reached
    self.softwareVersion = softwareVersion
    self.tipHeight = tipHeight
    self.certificateSHA256s = certificateSHA256s
    self.addresses = addresses
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
  }
}

public import Artifact

/// Something that happened to a server, by epoch, from whatever vantage it was seen.
public struct ServerEvent: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Number of the epoch since 1970.
  public var epoch: Int
  /// What happened.
  public var kind: ServerChange
  /// Start of the epoch, UTC.
  public var epochStart: String
  /// Time between the last known state before and the observation: it happened in between. Unit: h. nil: the state before was seen in a scan without a time.
  public var gapHours: Double?
  /// Rule by which it says nothing of the server's own rhythm. nil: it counts.
  public var excluded: ExclusionRule?

  public init(
    serverID: String, epoch: Int, kind: ServerChange, epochStart: String, gapHours: Double? = nil,
    excluded: ExclusionRule? = nil
  ) {
    self.serverID = serverID
    self.epoch = epoch
    self.kind = kind
    self.epochStart = epochStart
    self.gapHours = gapHours
    self.excluded = excluded
  }
}

extension ServerEvent {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("epoch", .integer, "Number of the epoch since 1970."),
    Column("kind", .word(ServerChange.words), "What happened."),
    Column("epoch_start", .timestamp, "Start of the epoch, UTC."),
    Column(
      "gap_hours", .number(significantDigits: 6),
      "Time between the last known state before and the observation: it happened in between.",
      unit: "h", empty: "the state before was seen in a scan without a time"),
    Column(
      "excluded", .word(ExclusionRule.words),
      "Rule by which it says nothing of the server's own rhythm.", empty: "it counts"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.events", version: 1, encoding: .csv, key: ["server_id", "epoch", "kind"],
    summary: "Events of servers by epoch, for comparing their rhythm.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(epoch)
    key.append(kind.rawValue)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.integer("epoch", epoch)
    encoder.text("kind", kind.rawValue)
    encoder.text("epoch_start", epochStart)
    encoder.number("gap_hours", gapHours, significantDigits: 6)
    encoder.text("excluded", excluded?.rawValue)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    epoch = try decoder.integer("epoch")
    kind = try decoder.word("kind", ServerChange.self)
    epochStart = try decoder.text("epoch_start")
    gapHours = try decoder.optionalNumber("gap_hours")
    excluded = try decoder.optionalWord("excluded", ExclusionRule.self)
  }
}

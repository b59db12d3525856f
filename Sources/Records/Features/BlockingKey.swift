public import Artifact

/// A value for which two servers become a candidate pair.
public struct BlockingKey: ArtifactRow, Equatable {
  /// What is shared.
  public var kind: BlockingKind
  /// The value, in canonical form.
  public var value: String
  /// The server.
  public var serverID: String
  /// Servers with this value.
  public var servers: Int
  /// (servers + 0.5) / (servers with any value of the kind + 1).
  public var frequency: Double
  /// True where it is too common to make candidate pairs: of the kinds as, contact, ports and prefix, a value of more than 10 servers whose frequency is at least 0.05.
  public var isDropped: Bool

  public init(
    kind: BlockingKind, value: String, serverID: String, servers: Int, frequency: Double,
    isDropped: Bool
  ) {
    self.kind = kind
    self.value = value
    self.serverID = serverID
    self.servers = servers
    self.frequency = frequency
    self.isDropped = isDropped
  }
}

extension BlockingKey {
  static let columns: [Column] = [
    Column("kind", .word(BlockingKind.words), "What is shared."),
    Column("value", .text, "The value, in canonical form."),
    Column("server_id", .text, "The server."),
    Column("servers", .integer, "Servers with this value."),
    Column(
      "frequency", .number(significantDigits: 6),
      "(servers + 0.5) / (servers with any value of the kind + 1)."),
    Column(
      "dropped", .boolean,
      "True where it is too common to make candidate pairs: of the kinds as, contact, ports and prefix, a value of more than 10 servers whose frequency is at least 0.05."
    ),
  ]

  public static let schema = ArtifactSchema(
    id: "features.blocking_keys", version: 1, encoding: .csv, key: ["kind", "value", "server_id"],
    summary:
      "Candidate pairs for linkage: servers that share a kind and value, unless it is dropped. A value that is unknown or a default is no key.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(kind.rawValue)
    key.append(value)
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("kind", kind.rawValue)
    encoder.text("value", value)
    encoder.text("server_id", serverID)
    encoder.integer("servers", servers)
    encoder.number("frequency", frequency, significantDigits: 6)
    encoder.boolean("dropped", isDropped)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    kind = try decoder.word("kind", BlockingKind.self)
    value = try decoder.text("value")
    serverID = try decoder.text("server_id")
    servers = try decoder.integer("servers")
    frequency = try decoder.number("frequency")
    isDropped = try decoder.boolean("dropped")
  }
}

public import Artifact

/// One piece of identity evidence between two servers.
public struct OperatorLink: ArtifactRow, Equatable {
  /// True where a stranger could copy the value without the operator's help.
  public var copyable: Bool
  /// The value that both share, exact.
  public var evidence: String
  /// Evidence group: key, name, config or network.
  public var group: String
  /// Rule (permanent id).
  public var rule: String
  /// The smaller server id.
  public var serverA: String
  /// The greater server id.
  public var serverB: String
  /// Servers that share the value.
  public var serversSharing: Int

  public init(
    copyable: Bool, evidence: String, group: String, rule: String, serverA: String, serverB: String,
    serversSharing: Int
  ) {
    self.copyable = copyable
    self.evidence = evidence
    self.group = group
    self.rule = rule
    self.serverA = serverA
    self.serverB = serverB
    self.serversSharing = serversSharing
  }
}

extension OperatorLink {
  static let columns: [Column] = [
    Column(
      "copyable", .boolean,
      "True where a stranger could copy the value without the operator's help."),
    Column("evidence", .text, "The value that both share, exact."),
    Column("group", .text, "Evidence group: key, name, config or network."),
    Column("rule", .text, "Rule (permanent id)."),
    Column("server_a", .text, "The smaller server id."),
    Column("server_b", .text, "The greater server id."),
    Column("servers_sharing", .integer, "Servers that share the value."),
  ]

  public static let schema = ArtifactSchema(
    id: "clusters.operator_links", version: 1, encoding: .jsonl,
    key: ["server_a", "server_b", "rule", "evidence"],
    summary: "Identity evidence, a row a pair and rule.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverA)
    key.append(serverB)
    key.append(rule)
    key.append(evidence)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.boolean("copyable", copyable)
    encoder.text("evidence", evidence)
    encoder.text("group", group)
    encoder.text("rule", rule)
    encoder.text("server_a", serverA)
    encoder.text("server_b", serverB)
    encoder.integer("servers_sharing", serversSharing)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    copyable = try decoder.boolean("copyable")
    evidence = try decoder.text("evidence")
    group = try decoder.text("group")
    rule = try decoder.text("rule")
    serverA = try decoder.text("server_a")
    serverB = try decoder.text("server_b")
    serversSharing = try decoder.integer("servers_sharing")
  }
}

public import Artifact

/// One piece of identity evidence between two servers.
public struct OperatorLink: ListedRow, Equatable {
  public static let schema = table(
    "clusters.operator_links", version: 1, .jsonl,
    key: ["server_a", "server_b", "rule", "evidence"],
    "Identity evidence, a row a pair and rule.")

  public var copyable = false
  public var evidence = ""
  public var group = ""
  public var rule = ""
  public var serverA = ""
  public var serverB = ""
  public var serversSharing = 0

  public init(evidence: String, group: String, rule: String, serverA: String, serverB: String) {
    self.evidence = evidence
    self.group = group
    self.rule = rule
    self.serverA = serverA
    self.serverB = serverB
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.boolean(
      "copyable", &copyable,
      "True where a stranger could copy the value without the operator's help.")
    try c.text("evidence", &evidence, "The value that both share, exact.")
    try c.text("group", &group, "Evidence group: key, name, config or network.")
    try c.text("rule", &rule, "Rule (permanent id).")
    try c.text("server_a", &serverA, "The smaller server id.")
    try c.text("server_b", &serverB, "The greater server id.")
    try c.integer("servers_sharing", &serversSharing, "Servers that share the value.")
  }

  public var sortKey: SortKey { .of(serverA, serverB, rule, evidence) }
}

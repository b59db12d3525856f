public import Artifact

/// A server that told a state of a node which another told, too.
public struct NodeMembership: ListedRow, Equatable {
  public static let schema = table(
    "clusters.nodes", version: 1, .csv, key: ["scan", "node_id", "server_id"],
    "Servers that told one state of a node in a scan: one node likely is behind them. Nodes are rented and shared, so that it decides nothing of operators."
  )

  public var scan = ""
  public var nodeID = ""
  public var serverID = ""
  public var state = ""
  public var servers = 0
  public var units = 0
  public var tellers = 0
  public var expected = 0.0
  public var chance = 0.0
  public var bits = 0.0

  public init(scan: String, nodeID: String, serverID: String) {
    self.scan = scan
    self.nodeID = nodeID
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.text("node_id", &nodeID, "The node in this scan, by its state.")
    try c.text("server_id", &serverID, "A server that told the state.")
    try c.text(
      "state", &state,
      "Relay and minimum fee, then estimates by blocks, as told.")
    try c.integer("servers", &servers, "Servers that told it.")
    try c.integer("units", &units, "Units of these: servers joined by robust edges count once.")
    try c.integer("tellers", &tellers, "Servers that told any state in the scan.")
    try c.number(
      "expected", &expected, digits: 9, "Strangers that were expected to tell this very state.")
    try c.number(
      "chance", &chance, digits: 9, "Chance that so many units tell it, by Poisson's distribution.")
    try c.number(
      "bits", &bits, digits: 12, "What a pair of them earns by it.", unit: "bits")
  }

  public var sortKey: SortKey { .of(scan, nodeID, serverID) }
}

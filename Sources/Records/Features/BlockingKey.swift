public import Artifact

/// A value for which two servers become a candidate pair.
public struct BlockingKey: ListedRow, Equatable {
  public static let schema = table(
    "features.blocking_keys", version: 1, .csv, key: ["kind", "value", "server_id"],
    "Candidate pairs for linkage: servers that share a kind and value, unless it is dropped. A value that is unknown or a default is no key."
  )

  public var kind = BlockingKind.spki
  public var value = ""
  public var serverID = ""
  public var servers = 0
  public var frequency = 0.0
  public var isDropped = false

  public init(kind: BlockingKind, value: String, serverID: String) {
    self.kind = kind
    self.value = value
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("kind", &kind, "What is shared.")
    try c.text("value", &value, "The value, in canonical form.")
    try c.text("server_id", &serverID, "The server.")
    try c.integer("servers", &servers, "Servers with this value.")
    try c.number(
      "frequency", &frequency, digits: 6,
      "(servers + 0.5) / (servers with any value of the kind + 1).")
    try c.boolean(
      "dropped", &isDropped,
      "True where it is too common to make candidate pairs: of the kinds as, contact, ports and prefix, a value of more than 10 servers whose frequency is at least 0.05."
    )
  }

  public var sortKey: SortKey { .of(kind, value, serverID) }
}

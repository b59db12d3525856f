public import Artifact

/// One server that names another one as a peer.
public struct AdvertisedServer: ListedRow, Hashable {
  public static let schema = table(
    "normalized.advertises", version: 1, .csv, key: ["server_id", "advertised_id"],
    "Which server names which in server.peers.subscribe, among the servers that were reached. A function of one scan."
  )

  public var serverID = ""
  public var advertisedID = ""
  public var endpoints = 0

  public init(serverID: String, advertisedID: String) {
    self.serverID = serverID
    self.advertisedID = advertisedID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server that was asked.")
    try c.text(
      "advertised_id", &advertisedID,
      "A server that it names; it may name itself. What was only listed, or listed and never reached, has no row: see `normalized.advertisements`."
    )
    try c.integer("endpoints", &endpoints, "Endpoints of that server that it names.")
  }

  public var sortKey: SortKey { .of(serverID, advertisedID) }
}

public import Artifact

/// What a server says of where it is reached, and who is there.
public struct HostClaim: ListedRow, Equatable {
  public static let schema = table(
    "normalized.claims", version: 1, .csv, key: ["server_id", "place", "claimed_server_id"],
    "Places that servers name in their own server.features, and the servers there: anybody can name anybody. A function of one scan."
  )

  public var serverID = ""
  public var place = ""
  public var claimedServerID = ""
  public var isMutual: Bool?
  public var dropped = 0

  public init(serverID: String, place: String, claimedServerID: String) {
    self.serverID = serverID
    self.place = place
    self.claimedServerID = claimedServerID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server that names the place.")
    try c.text("place", &place, "Name or address in its server.features: hosts.")
    try c.text(
      "claimed_server_id", &claimedServerID,
      "A server of the scan whose verified name or address that is; it may be the same one. Empty: nobody of the scan is there."
    )
    try c.boolean(
      "mutual", &isMutual, "Whether that server names a verified name or address of this one.",
      nil: "nobody of the scan is there, it is the same server, or it told no hosts")
    try c.integer(
      "dropped", &dropped,
      "Places beyond the first 32, and servers at a place beyond the first 16, that have no row: the same in all rows of a server."
    )
  }

  public var sortKey: SortKey { .of(serverID, place, claimedServerID) }
}

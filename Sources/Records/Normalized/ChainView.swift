public import Artifact

/// The header tip that a server gave at a time.
public struct ChainView: ListedRow, Equatable {
  public static let schema = table(
    "normalized.chain", version: 1, .csv, key: ["endpoint_id", "attempt"],
    "Header tips by server and time.")

  public var endpointID = ""
  public var attempt = 0
  public var serverID = ""
  public var observedAt: String?
  public var height = 0
  public var headerHash: String?
  public var previousHash: String?
  public var headerTime: String?
  public var bits: Int?
  public var workValid: Bool?

  public init(endpointID: String, serverID: String) {
    self.endpointID = endpointID
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.timestamp("observed_at", &observedAt, "When the header arrived, UTC.", nil: "not known")
    try c.integer("height", &height, "Height that the server gave.", unit: "blocks")
    try c.text(
      "header_hash", &headerHash, "Double SHA-256 of the header.",
      nil: "it is not 80 bytes of hexadecimal")
    try c.text(
      "previous_hash", &previousHash, "Hash of the previous block, from the header.",
      nil: "it is not 80 bytes of hexadecimal")
    try c.timestamp(
      "header_time", &headerTime, "Time in the header, UTC.",
      nil: "it is not 80 bytes of hexadecimal")
    try c.integer(
      "bits", &bits, "Compact target in the header.", nil: "it is not 80 bytes of hexadecimal")
    try c.boolean(
      "work_valid", &workValid, "True where the hash is within the header's own target.",
      nil: "it is not 80 bytes of hexadecimal")
  }

  public var sortKey: SortKey { .of(endpointID, attempt) }
}

public import Artifact

/// Where a fact was read: the exchange in whose bytes it stands.
public struct FactSource: ColumnGroup, Equatable {
  public var scan = ""
  public var endpointID = ""
  public var attempt = 0
  public var sequence = 0
  public var serverID = ""
  public var probe = ""

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.integer("sequence", &sequence, "Place of the exchange in its attempt, from 1.")
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.text("probe", &probe, "Permanent id of the probe.")
  }
}

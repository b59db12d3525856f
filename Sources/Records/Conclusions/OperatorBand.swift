public import Artifact

/// The likely operator of a server under another assumption.
public struct OperatorBand: ListedRow, Equatable {
  public static let schema = table(
    "clusters.operator_bands", version: 1, .csv, key: ["variant", "server_id"],
    "The partition into likely operators at the prior ± 1 bit and with each group of evidence left out: the band of whatever is counted by operator."
  )

  public var variant = ""
  public var serverID = ""
  public var operatorID = ""

  public init(variant: String, serverID: String, operatorID: String) {
    self.variant = variant
    self.serverID = serverID
    self.operatorID = operatorID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "variant", &variant, "What is otherwise: `prior+1`, `prior-1` or `without-` a group.")
    try c.text("server_id", &serverID, "The server.")
    try c.text("operator_id", &operatorID, "Its likely operator then.")
  }

  public var sortKey: SortKey { .of(variant, serverID) }
}

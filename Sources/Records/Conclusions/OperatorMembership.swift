public import Artifact

/// The likely operator of a server, in the partitions that the evidence allows.
public struct OperatorMembership: ListedRow, Equatable {
  public static let schema = table(
    "clusters.operators", version: 1, .csv, key: ["server_id"],
    "Likely operators: a server alone is its own.")

  public var serverID = ""
  public var identityID = ""
  public var operatorID = ""
  public var declaredID = ""
  public var cohortID: String?
  public var label = OperatorLabel.confirmed
  public var operatorServers = 0
  public var rules: [String] = []

  public init(serverID: String, identityID: String, operatorID: String, label: OperatorLabel) {
    self.serverID = serverID
    self.identityID = identityID
    self.operatorID = operatorID
    self.label = label
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "identity_id", &identityID,
      "One identity: evidence that no stranger can copy joins it, within a likely operator.")
    try c.text(
      "operator_id", &operatorID, "Likely operator: the weight of all operator evidence joins it.")
    try c.text(
      "declared_id", &declaredID,
      "Likely operators joined by what servers say of themselves: it accuses nobody.")
    try c.text(
      "cohort_id", &cohortID, "Likely operators joined by recipes: deployed alike.",
      nil: "the server never answered")
    try c.word("label", &label, "How far the evidence carries.")
    try c.integer("operator_servers", &operatorServers, "Servers of the likely operator.")
    try c.texts(
      "rules", &rules,
      "Rules of the strongest links that join the server with others of its operator.")
  }

  public var sortKey: SortKey { .of(serverID) }
}

public import Artifact

/// The likely operator of a server, in the partitions that the evidence allows.
public struct OperatorMembership: ListedRow, Equatable {
  public static let schema = table(
    "clusters.operators", version: 1, .csv, key: ["server_id"],
    "Likely operators: a server alone is its own.")

  public var serverID = ""
  public var identityID = ""
  public var operatorID = ""
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
      "Component over evidence that cannot be copied by a stranger: the lower bound of joint operation."
    )
    try c.text(
      "operator_id", &operatorID,
      "Component over identity evidence that joins: likely operator. What anybody can copy (group config) joins nobody alone."
    )
    try c.text(
      "cohort_id", &cohortID, "Co-managed or deployed from one recipe.",
      nil: "not derived in this release")
    try c.word("label", &label, "How far the evidence carries.")
    try c.integer("operator_servers", &operatorServers, "Servers of the likely operator.")
    try c.texts("rules", &rules, "Rules that link the server to others of the operator.")
  }

  public var sortKey: SortKey { .of(serverID) }
}

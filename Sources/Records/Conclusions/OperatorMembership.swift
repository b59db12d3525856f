public import Artifact

/// The likely operator of a server, in the partitions that the evidence allows.
public struct OperatorMembership: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Component over evidence that cannot be copied by a stranger: the lower bound of joint operation.
  public var identityID: String
  /// Component over all identity evidence: likely operator.
  public var operatorID: String
  /// Co-managed or deployed from one recipe. nil: not derived in this release.
  public var cohortID: String?
  /// How far the evidence carries.
  public var label: OperatorLabel
  /// Servers of the likely operator.
  public var operatorServers: Int
  /// Rules that link the server to others.
  public var rules: [String]

  public init(
    serverID: String, identityID: String, operatorID: String, cohortID: String? = nil,
    label: OperatorLabel, operatorServers: Int, rules: [String] = []
  ) {
    self.serverID = serverID
    self.identityID = identityID
    self.operatorID = operatorID
    self.cohortID = cohortID
    self.label = label
    self.operatorServers = operatorServers
    self.rules = rules
  }
}

extension OperatorMembership {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column(
      "identity_id", .text,
      "Component over evidence that cannot be copied by a stranger: the lower bound of joint operation."
    ),
    Column("operator_id", .text, "Component over all identity evidence: likely operator."),
    Column(
      "cohort_id", .text, "Co-managed or deployed from one recipe.",
      empty: "not derived in this release"),
    Column("label", .word(OperatorLabel.words), "How far the evidence carries."),
    Column("operator_servers", .integer, "Servers of the likely operator."),
    Column("rules", .texts, "Rules that link the server to others."),
  ]

  public static let schema = ArtifactSchema(
    id: "clusters.operators", version: 1, encoding: .csv, key: ["server_id"],
    summary: "Likely operators: a server alone is its own.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("identity_id", identityID)
    encoder.text("operator_id", operatorID)
    encoder.text("cohort_id", cohortID)
    encoder.text("label", label.rawValue)
    encoder.integer("operator_servers", operatorServers)
    encoder.texts("rules", rules)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    identityID = try decoder.text("identity_id")
    operatorID = try decoder.text("operator_id")
    cohortID = try decoder.optionalText("cohort_id")
    label = try decoder.word("label", OperatorLabel.self)
    operatorServers = try decoder.integer("operator_servers")
    rules = try decoder.texts("rules")
  }
}

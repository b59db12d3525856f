public import Artifact

/// Why two endpoints are, or are not, one server.
public struct ResolutionStep: ArtifactRow, Equatable {
  /// The smaller endpoint id.
  public var endpointA: String
  /// The greater endpoint id.
  public var endpointB: String
  /// Rule or veto (permanent id).
  public var rule: String
  /// What the rule did.
  public var decision: ResolutionDecision
  /// The value that the rule saw.
  public var evidence: String

  public init(
    endpointA: String, endpointB: String, rule: String, decision: ResolutionDecision,
    evidence: String
  ) {
    self.endpointA = endpointA
    self.endpointB = endpointB
    self.rule = rule
    self.decision = decision
    self.evidence = evidence
  }
}

extension ResolutionStep {
  static let columns: [Column] = [
    Column("endpoint_a", .text, "The smaller endpoint id."),
    Column("endpoint_b", .text, "The greater endpoint id."),
    Column("rule", .text, "Rule or veto (permanent id)."),
    Column("decision", .word(ResolutionDecision.words), "What the rule did."),
    Column("evidence", .text, "The value that the rule saw."),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.resolution", version: 1, encoding: .csv,
    key: ["endpoint_a", "endpoint_b", "rule"],
    summary: "The audit of server resolution: every merge, veto and one-sided claim.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(endpointA)
    key.append(endpointB)
    key.append(rule)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("endpoint_a", endpointA)
    encoder.text("endpoint_b", endpointB)
    encoder.text("rule", rule)
    encoder.text("decision", decision.rawValue)
    encoder.text("evidence", evidence)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    endpointA = try decoder.text("endpoint_a")
    endpointB = try decoder.text("endpoint_b")
    rule = try decoder.text("rule")
    decision = try decoder.word("decision", ResolutionDecision.self)
    evidence = try decoder.text("evidence")
  }
}

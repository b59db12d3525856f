public import Artifact

/// Why two endpoints are, or are not, one server.
public struct ResolutionStep: ListedRow, Equatable {
  public static let schema = table(
    "normalized.resolution", version: 1, .csv, key: ["endpoint_a", "endpoint_b", "rule"],
    "The audit of server resolution: every merge, veto and one-sided claim.")

  public var endpointA = ""
  public var endpointB = ""
  public var rule = ""
  public var decision = ResolutionDecision.merged
  public var evidence = ""

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

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("endpoint_a", &endpointA, "The smaller endpoint id.")
    try c.text("endpoint_b", &endpointB, "The greater endpoint id.")
    try c.text("rule", &rule, "Rule or veto (permanent id).")
    try c.word("decision", &decision, "What the rule did.")
    try c.text("evidence", &evidence, "The value that the rule saw.")
  }

  public var sortKey: SortKey { .of(endpointA, endpointB, rule) }
}

import Records

/// Some of the rules that the stages would have applied to the imaginary network.
enum SampleRules {
  private struct Sample: Rule {
    enum Kind: String, RuleGroup { case sample }

    static let family = RuleFamily.indicator

    let id: RuleID
    let group = Kind.sample
    let statement: String
    let source = RuleSource.published("nowhere")
    var isEvaluated = true
  }

  private static func rule<Table: RuleTable>(
    _ family: RuleFamily, _ id: String, _ statement: String
  ) -> RuleRecord<Table> {
    var row = RuleRecord<Table>(Sample(id: RuleID(id), statement: statement))
    row.family = family
    return row
  }

  static let resolution: [RuleRecord<NormalizedRules>] = [
    rule(.resolution, "resolution.same-key", "Both endpoints show one public key.")
  ]
  static let outage: [RuleRecord<FeatureRules>] = [
    rule(.outage, "event.gap", "Too much time lies between two observations.")
  ]
  static let operators: [RuleRecord<ClusterRules>] = [
    rule(.operator, "operator.same-domain", "Names below one domain resolve to both servers."),
    rule(.operator, "operator.same-key", "Both servers prove possession of one TLS key."),
  ]
  static let indicators: [RuleRecord<ScoreRules>] = [
    rule(.indicator, "content.invalid-header", "A header of the server is none."),
    rule(.indicator, "content.stale-tip", "The tip of the server lags."),
  ]
}

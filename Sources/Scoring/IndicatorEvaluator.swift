import Records

/// Evaluates the rule book for one server: fired, passed or unknown, each with what was seen.
struct IndicatorEvaluator {
  /// What a passed test says. It says little, since who deviates with care passes tests; a factor of
  /// .95 was conceded beforehand. Unit: nats.
  private static let passedNats = -0.05

  private let context: IndicatorContext

  init(parameters: ScoreParameters, consensus: NetworkConsensus) {
    context = IndicatorContext(parameters: parameters, consensus: consensus)
  }

  func indicators(of server: ServerEvidence) -> [Indicator] {
    IndicatorRule.all.map { indicator($0, of: server) }
  }

  private func indicator(_ rule: IndicatorRule, of server: ServerEvidence) -> Indicator {
    var indicator = Indicator(
      serverID: server.profile.serverID, indicator: rule.id.text, status: .unknown,
      verdictClass: rule.verdictClass
    ).with {
      $0.observations = 0
    }
    guard let finding = rule.evaluation?(server, context) else {
      indicator.unknownReason = unknownReason(rule, server)
      return indicator
    }
    indicator.status = finding.isFired ? .fired : .passed
    indicator.nats = min(
      finding.nats ?? (finding.isFired ? rule.capNats : Self.passedNats), rule.capNats)
    indicator.observations = finding.observations
    indicator.evidence = finding.evidence
    return indicator
  }

  private func unknownReason(
    _ rule: IndicatorRule, _ server: ServerEvidence
  ) -> IndicatorUnknownReason {
    if !rule.isEvaluated { return .notEvaluated }
    let isOther = server.scans.contains { context.consensus.isOtherChain($0) }
    return rule.dependsOnChain && isOther ? .otherChain : .notObserved
  }
}

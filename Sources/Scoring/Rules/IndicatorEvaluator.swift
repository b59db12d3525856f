import Records

/// Evaluates the rule book scan by scan, then once over what the scans show.
struct IndicatorEvaluator {
  let context: IndicatorContext
  let fold: IndicatorFold

  init(_ parameters: ScoreParameters) {
    context = IndicatorContext(lagBlocks: parameters.lagBlocks)
    fold = IndicatorFold(spacing: parameters.spacingSeconds)
  }

  /// What one scan shows of its servers: server, rule, observation.
  func observations(
    _ servers: [ScanEvidence], _ truth: ScanTruth
  ) -> [String: [RuleID: ScanObservation]] {
    var found: [String: [RuleID: ScanObservation]] = [:]
    for server in servers {
      for rule in IndicatorRule.all where rule.requirement == .scan {
        if rule.dependsOnChain, truth.chain.isOther { continue }
        guard let seen = rule.observe?(server, truth, context) else { continue }
        found[server.serverID, default: [:]][rule.id] = seen
      }
    }
    return found
  }
}

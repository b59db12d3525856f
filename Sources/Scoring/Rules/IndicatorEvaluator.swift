import Records

/// Evaluates the rule book scan by scan, then once over what the scans show.
struct IndicatorEvaluator {
  let context: IndicatorContext
  let fold: IndicatorFold

  init(_ parameters: ScoreParameters) {
    context = IndicatorContext(lagBlocks: parameters.lagBlocks)
    fold = IndicatorFold(spacing: parameters.spacingSeconds)
  }

  /// What one scan shows of its servers.
  func observations(_ servers: [ScanEvidence], _ truth: ScanTruth) -> [ScanIndicator] {
    var found: [ScanIndicator] = []
    for server in servers {
      for rule in IndicatorRule.all where rule.requirement == .scan {
        if rule.dependsOnChain, truth.chain.isOther { continue }
        guard let seen = rule.observe?(server, truth, context) else { continue }
        found += ScanIndicator.rows(server.serverID, rule.id, seen)
      }
    }
    return found
  }
}

import Records

extension IndicatorRule {
  static let staleTip = IndicatorRule(
    id: "I4.stale-tip", group: .content, verdictClass: .statistical, greatestOdds: 1000,
    statement: "The tip of the server lags behind the network's.",
    source: .published("electrum-protocol.readthedocs.io, blockchain.headers.subscribe"),
    dependsOnChain: true
  ) { server, context in
    let consensus = context.consensus
    let scans = Dictionary(grouping: server.tips, by: \.scan).filter { scan, _ in
      !consensus.isOtherChain(scan) && !server.isOnAnotherChain(in: scan, consensus.chains)
    }
    guard !scans.isEmpty else { return nil }
    let lagging = lags(scans, context)
    let nats = BetaBinomial.logBayesFactor(
      lagging.count, of: scans.count, benign: laggingOfHonest, deviant: laggingOfDeviant)
    return IndicatorFinding(
      fired: !lagging.isEmpty, of: scans.count, evidence: lagging.first, nats: nats)
  }

  /// Scans in which an honest server lags: beforehand one of 61 is expected. It was caught while it
  /// fetched a block, or its node was stuck.
  private static let laggingOfHonest = ShareBelief(hits: 1, misses: 60)
  /// Scans in which a server lags that serves an old chain on purpose: one of five, since it may do so
  /// for some clients only. Both are beliefs of the design; nobody measured them.
  private static let laggingOfDeviant = ShareBelief(hits: 1, misses: 4)

  /// What to show for each scan in which the best tip lags too far, in the order of the scans.
  private static func lags(
    _ scans: [String: [ServerEvidence.Tip]], _ context: IndicatorContext
  ) -> [String] {
    scans.sorted { $0.key < $1.key }.compactMap { scan, tips in
      guard let consensus = context.consensus.tips[scan], let best = tips.map(\.height).max(),
        consensus.height - best > context.parameters.lagBlocks
      else { return nil }
      return "scan \(scan): height \(best), the network's is \(consensus.height)"
    }
  }
}

import Records

/// Evaluates the rule book for one server: fired, passed or unknown, each with what was seen.
struct IndicatorEvaluator {
  let parameters: ScoreParameters
  let consensus: NetworkConsensus

  func indicators(of server: ServerEvidence) -> [Indicator] {
    IndicatorRule.all.map { rule in
      var indicator = Indicator(
        serverID: server.profile.serverID, indicator: rule.id, status: .unknown,
        verdictClass: rule.verdictClass, observations: 0)
      switch rule.id {
      case IndicatorRule.invalidHeader: evaluateHeaders(server, rule, &indicator)
      case IndicatorRule.otherGenesis: evaluateGenesis(server, rule, &indicator)
      case IndicatorRule.staleTip: evaluateTip(server, rule, &indicator)
      case IndicatorRule.phishingError: evaluateErrors(server, rule, &indicator)
      case IndicatorRule.phishingBanner: evaluateBanner(server, rule, &indicator)
      case IndicatorRule.shapeMismatch: evaluateShape(server, rule, &indicator)
      default: break
      }
      return indicator
    }
  }

  private func evaluateHeaders(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    guard server.headersSeen > 0 else { return }
    indicator.conclude(
      fired: !server.invalidHeaders.isEmpty, rule, of: server.headersSeen,
      evidence: server.invalidHeaders.first)
  }

  private func evaluateGenesis(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    guard let expected = consensus.genesisHash, !server.genesisHashes.isEmpty else { return }
    let others = server.genesisHashes.subtracting([expected]).sorted()
    indicator.conclude(
      fired: !others.isEmpty, rule, of: server.genesisHashes.count,
      evidence: others.first.map { "serves \($0), the network's is \(expected)" })
  }

  private func evaluateTip(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    // Another chain's height says nothing of lag.
    if let genesis = consensus.genesisHash, !server.genesisHashes.isEmpty,
      !server.genesisHashes.contains(genesis)
    {
      return
    }
    let scans = Dictionary(grouping: server.tips, by: \.scan)
    var lagging: [String] = []
    for (scan, tips) in scans.sorted(by: { $0.key < $1.key }) {
      guard let consensus = consensus.tips[scan], let best = tips.map(\.height).max() else {
        continue
      }
      if consensus.height - best > parameters.lagBlocks {
        lagging.append("scan \(scan): height \(best), the network's is \(consensus.height)")
      }
    }
    guard !scans.isEmpty else { return }
    let nats = BetaBinomial.logBayesFactor(
      lagging.count, of: scans.count, benign: (1, 60), deviant: (1, 4))
    indicator.status = lagging.isEmpty ? .passed : .fired
    indicator.nats = min(nats, rule.capNats)
    indicator.observations = scans.count
    indicator.evidence = lagging.first
  }

  private func evaluateErrors(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    guard server.repliesSeen > 0 else { return }
    let hit = server.errorTexts.keys.sorted().first { PhishingText.isCallToAction($0) }
    indicator.conclude(fired: hit != nil, rule, of: server.repliesSeen, evidence: hit)
  }

  private func evaluateBanner(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    guard server.bannerStatus != .unknown else { return }
    let link = server.banner.flatMap {
      PhishingText.walletDownload(in: $0, allowed: parameters.walletDomains)
    }
    indicator.conclude(
      fired: link != nil, rule, of: 1, evidence: link.map { "the banner links \($0)" })
  }

  private func evaluateShape(
    _ server: ServerEvidence, _ rule: IndicatorRule, _ indicator: inout Indicator
  ) {
    guard let software = server.profile.features.text(.software),
      let expected = Self.keyOrders[software],
      !server.keyOrders.isEmpty
    else { return }
    let other = server.keyOrders.keys.sorted().first { $0 != expected }
    indicator.conclude(
      fired: other != nil, rule, of: server.repliesSeen,
      evidence: other.map { "claims \(software), writes the keys \($0)" })
  }

  /// Order of the keys of a result, by implementation.
  private static let keyOrders = [
    "ElectrumX": "jsonrpc,result,id", "Fulcrum": "id,jsonrpc,result",
    "electrs": "id,jsonrpc,result", "electrs-esplora": "id,jsonrpc,result",
  ]
}

extension Indicator {
  fileprivate mutating func conclude(
    fired: Bool, _ rule: IndicatorRule, of observations: Int, evidence: String?
  ) {
    status = fired ? .fired : .passed
    // Passing says little: a careful adversary passes tests (methods 6.3).
    nats = fired ? rule.capNats : -0.05
    self.observations = observations
    self.evidence = fired ? evidence : nil
  }
}

import ChainTruth
import Records

extension IndicatorRule {
  static let staleTip = IndicatorRule(
    id: "I4.stale-tip", group: .content, grades: .init(.strong),
    statement:
      "The tip of the server lags behind the reference tip by more blocks and more time than delays explain.",
    explanation: .init(
      statistic:
        "Scans in which the proven tip is more than `lag_blocks` behind and its header's time more than thirty minutes before the reference header's; beta-binomial Bayes factor, Beta(1, 60) against Beta(2, 2).",
      null: "An honest server lags in one of 61 scans: it fetches blocks, or its node is stuck.",
      rationale:
        "A server that withholds blocks withholds payments, and shows spent coins as unspent.",
      refutedBy: "The operator's log of a stuck node: then the tip was stale, and nobody meant it."),
    source: .published("electrum-protocol.readthedocs.io, blockchain.headers.subscribe"),
    dependsOnChain: true,
    observe: { server, truth, context in
      guard truth.isOnChain(server), let tip = truth.reference.tipHeight,
        let time = truth.reference.tipTime, let own = truth.provenHeight(server),
        let newest = newestTip(server)
      else { return nil }
      return .collected(truth) { seen in
        seen.observations = 1
        let behind = Int(time) - Int(newest.time)
        guard tip - own > context.lagBlocks, behind > leastDelay else { return }
        seen.hits.append(
          .init(
            .strong, "tip",
            "scan \(truth.scan): its newest header is \(behind / 60) minutes older than the reference tip at height \(tip)",
            newest.place))
      }
    },
    conclude: { scans, fold in
      let spaced = fold.spaced(scans)
      let lagging = spaced.count { !$0.hits.isEmpty }
      let nats = StaleTipBelief.nats(lagging: lagging, of: spaced.count)
      return fold.finding(spaced, nats: nats) { _ in .strong }
    })

  /// Blocks follow each other by chance: four are often found within half an hour. Unit: seconds.
  private static let leastDelay = 30 * 60

  private static func newestTip(_ server: ScanEvidence) -> (time: UInt32, place: EvidencePlace)? {
    server.headers.filter(\.isTip)
      .compactMap { header in header.header.map { ($0.time, header.place) } }
      .max { ($0.0, $1.1) < ($1.0, $0.1) }
  }
}

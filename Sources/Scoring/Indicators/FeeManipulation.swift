import Records

extension IndicatorRule {
  static let feeManipulation = IndicatorRule(
    id: "I7.fee-manipulation", group: .economy, grades: .init(.strong),
    statement: "Fee estimates of the server are far above those of all likely operators.",
    explanation: .init(
      statistic:
        "Targets of which an estimate is above three times the weighted median and more than eight spreads of its logarithm above it, and is not shared, within a factor of two, by two other operators.",
      null:
        "Nodes of one mempool estimate alike; versions, restarts and policies spread them by tenths, and those that estimate conservatively keep the level of a past rush for hours, many of them at once.",
      rationale: "A wallet that follows the estimate pays many times what it need.",
      refutedBy:
        "A mempool of that time in which the estimate is right, or a node whose own estimate it is."
    ),
    source: .published("electrum-protocol.readthedocs.io, blockchain.estimatefee"),
    dependsOnChain: true,
    observe: { server, truth, _ in
      if truth.isOnAnotherChain(server) { return nil }
      return .collected(truth) { seen in
        for fee in server.fees {
          guard let consensus = truth.fees[fee.target] else { continue }
          seen.observations += 1
          guard fee.rate > leastFactor * consensus.median, consensus.z(fee.rate) > leastSpreads,
            !consensus.isOfASchool(fee.rate, voter: server.voter)
          else { continue }
          seen.hits.append(
            .init(
              .supporting, "\(fee.target)",
              "scan \(truth.scan): estimates more than three times the others' median for \(fee.target) blocks",
              fee.place))
        }
      }
    },
    conclude: { scans, fold in
      let isOnTwoTargets = scans.contains { Set($0.hits.map(\.subject)).count >= 2 }
      return isOnTwoTargets
        ? fold.finding(scans) { _ in .strong } : fold.recurring(scans, .strong)
    })

  private static let leastFactor = 3.0
  private static let leastSpreads = 8.0
}

import Records

extension IndicatorRule {
  static let missingTransaction = IndicatorRule(
    id: "I6.missing-transaction", group: .content, grades: .init(.supporting, inSeries: .strong),
    statement: "The server lists a buried transaction and says that it does not know it.",
    explanation: .init(
      statistic:
        "Transactions of its own histories whose bytes it says not to have; busy, limited and timed out say nothing.",
      null:
        "An honest server has the bytes of what it lists; one whose node lost its index lacks them until it is rebuilt.",
      rationale: "A wallet that cannot have the bytes cannot spend, nor check what it is paid.",
      refutedBy: "The bytes, given by the server on another connection of the same scan."),
    source: .published("electrum-protocol.readthedocs.io, blockchain.transaction.get"),
    dependsOnChain: true,
    observe: { server, truth, _ in
      guard truth.isOnChain(server) else { return nil }
      return .collected(truth) { seen in
        let given = Set(
          server.transactions.compactMap { transaction -> String? in
            if case .bytes = transaction.answer { transaction.asked } else { nil }
          })
        for transaction in server.transactions {
          switch transaction.answer {
          case .bytes: seen.observations += 1
          case .unreadable, .unknown: continue
          case .notFound:
            seen.observations += 1
            if given.contains(transaction.asked) { continue }
            seen.hits.append(
              .init(
                .supporting, "missing",
                "scan \(truth.scan): lists \(transaction.asked) and does not know it",
                transaction.place))
          }
        }
      }
    },
    conclude: { $1.recurring($0, .strong) })
}

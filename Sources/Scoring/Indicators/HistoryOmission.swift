import ChainTruth
import Records

extension IndicatorRule {
  static let historyOmission = IndicatorRule(
    id: "I1.history-omission", group: .content, grades: .init(.proved),
    statement:
      "The server leaves a transaction out of a history that is proved to have it, or that most operators list.",
    explanation: .init(
      statistic:
        "Answers (script and connection) that omit an existing transaction of which the server must know the block.",
      null:
        "An honest server lists every transaction six blocks deep, or answers an error where a history is too long.",
      rationale:
        "A wallet that is not told of a payment shows a wrong balance and reuses addresses.",
      refutedBy:
        "An answer of the same connection that lists the transaction, or a header that shows that the server had not reached its block."
    ),
    source: .published("electrum-protocol.readthedocs.io, blockchain.scripthash.get_history"),
    dependsOnChain: true,
    observe: { server, truth, _ in
      guard truth.isOnChain(server) else { return nil }
      let height = truth.provenHeight(server)
      return .collected(truth) { seen in
        for history in server.histories {
          let told = server.told(history, height)
          guard truth.histories.judges(told) else { continue }
          seen.observations += 1
          let omitted = truth.histories.omissions(in: told)
          guard let first = omitted.first else { continue }
          let isProved = omitted.contains { $0.ground == .proof }
          seen.hits.append(
            .init(
              isProved ? .strong : .supporting, history.script,
              "scan \(truth.scan): omits \(omitted.count) of the transactions of script \(history.script), the first is \(first.entry.transaction) at height \(first.entry.height)",
              history.place))
        }
      }
    },
    conclude: { scans, fold in
      // One answer can be an accident of its moment. Several are none; with a proof they are proved.
      fold.finding(scans) { hits in
        if hits.count < 2 { return .supporting }
        return hits.contains { $0.grade == .strong } ? .proved : .strong
      }
    })
}

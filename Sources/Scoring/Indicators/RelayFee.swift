import Records

extension IndicatorRule {
  static let relayFee = IndicatorRule(
    id: "I8.relay-fee", group: .economy, grades: .init(.none),
    statement: "The relay fee of the server is above its own estimates.",
    explanation: .init(
      statistic: "Relay fees above every estimate of the same attempt.",
      null: "A node estimates at least what it relays; policies differ, and so do versions.",
      rationale: "It may show that one of two figures was changed; a policy explains it as well.",
      refutedBy: "The node's configuration."),
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.relayfee and mempool.get_fee_histogram"),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        for fee in server.relayFees {
          guard let most = fee.estimates.values.max() else { continue }
          seen.observations += 1
          if fee.rate > most {
            seen.hits.append(
              .init(
                .none, "relay", "scan \(truth.scan): its relay fee is above all its own estimates",
                fee.place))
          }
        }
      }
    })
}

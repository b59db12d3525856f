import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let relayFee = IndicatorRule(
    id: "I8.relay-fee", group: .economy, verdictClass: .statistical, greatestOdds: 5,
    statement: "The relay fee of the server is at odds with its own histogram.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.relayfee and mempool.get_fee_histogram"),
    evaluation: nil)
}

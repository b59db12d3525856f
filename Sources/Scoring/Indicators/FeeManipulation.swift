import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let feeManipulation = IndicatorRule(
    id: "I7.fee-manipulation", group: .economy, verdictClass: .statistical, greatestOdds: 50,
    statement: "Fee estimates of the server are far from all others.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.estimatefee"),
    evaluation: nil)
}

import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let missingTransaction = IndicatorRule(
    id: "I6.missing-transaction", group: .content, verdictClass: .statistical, greatestOdds: 1000,
    statement: "The server lists transactions that it cannot give.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.transaction.get"),
    evaluation: nil)
}

import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let inventedTransaction = IndicatorRule(
    id: "I2.invented-transaction", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "The server lists a transaction without a valid proof that a block has it.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.transaction.get_merkle"),
    evaluation: nil)
}

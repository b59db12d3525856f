import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let historyOmission = IndicatorRule(
    id: "I1.history-omission", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "The server omits a transaction of a history that is proved to exist.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.scripthash.get_history"),
    evaluation: nil)
}

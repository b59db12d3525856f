import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let broadcastRefusal = IndicatorRule(
    id: "I13.broadcast-refusal", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "The server refuses to broadcast a valid transaction.",
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.transaction.broadcast"),
    evaluation: nil)
}

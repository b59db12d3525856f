import Records

extension IndicatorRule {
  static let broadcastRefusal = IndicatorRule(
    id: "I13.broadcast-refusal", group: .content, grades: .init(.none),
    statement: "The server refuses to broadcast a valid transaction.",
    explanation: .init(
      statistic: "Not measured: it would take a transaction of our own, and conduct forbids one.",
      null: "An honest server hands a valid transaction to its node.",
      rationale: "Who refuses delays a payment.",
      refutedBy: "The node's own reason."),
    source: .published(
      "electrum-protocol.readthedocs.io, blockchain.transaction.broadcast"), requirement: .conduct)
}

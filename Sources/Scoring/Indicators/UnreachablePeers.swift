import Records

extension IndicatorRule {
  static let unreachablePeers = IndicatorRule(
    id: "I18.unreachable-peers", group: .topology, grades: .init(.none),
    statement: "The server lists only peers that nobody reaches.",
    explanation: .init(
      statistic: "Share of its peers that answered in the scan.",
      null: "Lists hold some servers that are gone.",
      rationale: "Such a list leads nowhere; a poisoned list was fed by strangers.",
      refutedBy: "A peer of the list that answers."),
    source: .published(
      "electrum-protocol.readthedocs.io, server.peers.subscribe"))
}

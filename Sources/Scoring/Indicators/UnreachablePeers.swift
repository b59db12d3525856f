import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let unreachablePeers = IndicatorRule(
    id: "I18.unreachable-peers", group: .topology, verdictClass: .statistical, greatestOdds: 5,
    statement: "The server lists only peers that nobody reaches.",
    source: .published(
      "electrum-protocol.readthedocs.io, server.peers.subscribe"),
    evaluation: nil)
}

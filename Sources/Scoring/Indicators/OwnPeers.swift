import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let ownPeers = IndicatorRule(
    id: "I17.own-peers", group: .topology, verdictClass: .statistical, greatestOdds: 20,
    statement: "The server lists its own kind among its peers more than chance allows.",
    source: .published(
      "electrum-protocol.readthedocs.io, server.peers.subscribe"),
    evaluation: nil)
}

import Records

extension IndicatorRule {
  static let ownPeers = IndicatorRule(
    id: "I17.own-peers", group: .topology, grades: .init(.none),
    statement:
      "The server lists servers of its own likely operator among its peers more than chance allows.",
    explanation: .init(
      statistic:
        "Its likely operator's share of the peers that it lists, against that of all lists; hypergeometric.",
      null: "Peers are a sample of all servers.",
      rationale: "A list of one's own keeps wallets among them; so does an operator's pride.",
      refutedBy: "A list asked at another time."),
    source: .published(
      "electrum-protocol.readthedocs.io, server.peers.subscribe"))
}

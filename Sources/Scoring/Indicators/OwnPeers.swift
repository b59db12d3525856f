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
      "electrum-protocol.readthedocs.io, server.peers.subscribe"),
    observe: { server, truth, _ in
      guard let share = truth.peers.share(of: server), share.listed >= leastListed,
        share.unionOfOwn > 0
      else { return nil }
      return .collected(truth) { seen in
        seen.observations = share.listed
        guard share.listedOfOwn >= leastOwn, share.pValue < significance else { return }
        seen.hits.append(
          .init(
            .none, "peers",
            "scan \(truth.scan): \(share.listedOfOwn) of \(share.listed) peers are of its likely operator, of \(share.unionOfOwn) among \(share.union) that others list",
            server.peers?.place))
      }
    })

  /// A list that says anything of how it was drawn.
  private static let leastListed = 5
  private static let leastOwn = 2
  /// Over the lists of a scan, which are some hundreds.
  private static let significance = 0.0001
}

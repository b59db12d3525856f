import Records

extension IndicatorRule {
  static let unreachablePeers = IndicatorRule(
    id: "I18.unreachable-peers", group: .topology, grades: .init(.none),
    statement: "The server lists only peers that nobody reaches.",
    explanation: .init(
      statistic:
        "Share of its peers that answered in the scan, of those that were looked for or cannot exist.",
      null: "Lists hold some servers that are gone.",
      rationale: "Such a list leads nowhere; a poisoned list was fed by strangers.",
      refutedBy: "A peer of the list that answers."),
    source: .published(
      "electrum-protocol.readthedocs.io, server.peers.subscribe"),
    observe: { server, truth, _ in
      guard let list = server.peers, list.followed >= leastFollowed else { return nil }
      return .collected(truth) { seen in
        seen.observations = list.followed
        guard list.answering == 0 else { return }
        seen.hits.append(
          .init(
            .none, "peers",
            "scan \(truth.scan): none of the \(list.followed) peers that it lists and that were looked for answered",
            list.place))
      }
    })

  /// Fewer may all be down by chance.
  private static let leastFollowed = 5
}

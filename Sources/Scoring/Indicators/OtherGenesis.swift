import Records

extension IndicatorRule {
  static let otherGenesis = IndicatorRule(
    id: "I3.other-genesis", group: .content, grades: .init(.proved),
    statement:
      "The server tells the genesis hash of another network than the one whose chain its own tip is on.",
    explanation: .init(
      statistic:
        "Genesis hashes of `server.features` that differ from the network's, told by a server whose newest header is one of the network's chain.",
      null: "A server of another network has another chain, and is counted apart.",
      rationale:
        "A wallet of the other network that trusts the claim follows a chain that is not its own.",
      refutedBy:
        "A network whose first block has the told hash and whose later headers are those of this chain."
    ),
    source: .published("electrum-protocol.readthedocs.io, server.features"), dependsOnChain: true,
    observe: { server, truth, _ in
      guard let expected = truth.chain.expectedGenesis, truth.hasTipOnChain(server),
        !server.genesisHashes.isEmpty
      else { return nil }
      return .collected(truth) { seen in
        seen.observations = server.genesisHashes.count
        guard let other = server.genesisHashes.subtracting([expected]).min() else { return }
        let tip = server.headers.first(where: \.isTip)
        seen.hits.append(
          .init(
            .proved, other,
            "scan \(truth.scan): tells the genesis \(other), and its tip is on the chain of \(expected)",
            tip?.place))
      }
    })
}

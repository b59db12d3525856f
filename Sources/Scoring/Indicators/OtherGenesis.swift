import Records

extension IndicatorRule {
  static let otherGenesis = IndicatorRule(
    id: "I3.other-genesis", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "The server tells another genesis hash than its network's.",
    source: .published("electrum-protocol.readthedocs.io, server.features")
  ) { server, context in
    guard let expected = context.consensus.genesisHash, !server.genesisHashes.isEmpty else {
      return nil
    }
    let others = server.genesisHashes.subtracting([expected]).sorted()
    return IndicatorFinding(
      fired: !others.isEmpty, of: server.genesisHashes.count,
      evidence: others.first.map { "serves \($0), the network's is \(expected)" })
  }
}

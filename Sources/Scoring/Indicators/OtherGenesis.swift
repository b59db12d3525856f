import Records

extension IndicatorRule {
  static let otherGenesis = IndicatorRule(
    id: "I3.other-genesis", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "The server tells another genesis hash than that of the network of the scan.",
    source: .published("electrum-protocol.readthedocs.io, server.features"), dependsOnChain: true
  ) { server, context in
    var told: Set<String> = []
    var first: String?
    for (scan, hashes) in server.genesisHashes.sorted(by: { $0.key < $1.key }) {
      guard let expected = context.consensus.chains[scan]?.expectedGenesis else { continue }
      told.formUnion(hashes)
      if let other = hashes.subtracting([expected]).min() {
        first = first ?? "serves \(other), the network's is \(expected)"
      }
    }
    if told.isEmpty { return nil }
    return IndicatorFinding(fired: first != nil, of: told.count, evidence: first)
  }
}

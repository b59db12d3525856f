import Records

/// S8: endpoints that never answered, at the address of exactly one server that does.
extension ServerResolver {
  /// Whoever lists ports of an address, only that server can be behind them: they are none of their
  /// own. What answers at the address is what answered before anything is attached.
  mutating func joinSilent() {
    var answering: [String: Set<Int>] = [:]
    for (index, endpoint) in endpoints.enumerated() where endpoint.isAnswered {
      answering[endpoint.draft.address, default: []].insert(representative(of: index))
    }
    var silent: [Int: [Int]] = [:]
    for index in endpoints.indices where !hasAnswered(index) {
      silent[representative(of: index), default: []].append(index)
    }
    var shown: [Int: Set<String>] = [:]
    for server in answering.values.joined() { shown[server] = keys(of: server) }
    for (first, members) in silent.sorted(by: { $0.key < $1.key }) {
      let servers = members.reduce(into: Set<Int>()) { servers, member in
        let address = endpoints[member].draft.address
        if !address.isEmpty { servers.formUnion(answering[address] ?? []) }
      }
      guard servers.count == 1, let server = servers.first else { continue }
      attach(members, first: first, to: server, shown[server] ?? [])
    }
  }

  /// - Parameter own: keys that the server shows.
  private mutating func attach(
    _ members: [Int], first: Int, to server: Int, _ own: Set<String>
  ) {
    let address = endpoints[first].draft.address
    let shown = Set(members.compactMap { endpoints[$0].spki })
    guard own.isEmpty || shown.isEmpty || !own.isDisjoint(with: shown) else {
      return record(server, first, .otherKey, .vetoed, address)
    }
    if join(server, first, .silentPort, .word, evidence: address) {
      for member in members { noteAttached(member) }
    }
  }
}

import Records

/// S3 and S7: endpoints that name each other in server.features.
///
/// Two people can agree to name each other. So a mutual claim joins what is at one address, and across
/// families (IPv4 and IPv6, clearnet and onion) what is alike besides and names nobody else there.
extension ServerResolver {
  /// Endpoints of one address that are looked at.
  private static let portsConsidered = 64

  mutating func joinClaimants(_ claims: HostClaimGraph) {
    let blocks = claims.mutual()
    for block in blocks { joinAtOneAddress(block) }
    for isTwin in [false, true] {
      // All pairs are judged by what was joined before any of them is.
      var pairs: [(a: Int, b: Int, evidence: String)] = []
      for block in blocks {
        let found = acrossFamilies(block).filter { (a, b) in
          hasOnion(a, b) == isTwin && !areJoined(a, b) && namesOnlyEachOther(a, b, claims)
        }
        pairs += found.map { ($0, $1, block.text) }
      }
      for pair in pairs {
        join(
          pair.a, pair.b, isTwin ? .onionTwin : .mutualHosts, .word, evidence: pair.evidence)
      }
    }
  }

  /// What was not joined of those that name each other: kept, and never a reason to join.
  mutating func recordMutualClaims(_ claims: HostClaimGraph) {
    for block in claims.mutual()
    where Set((block.own + block.others).map { endpoints[$0].draft.address }).count > 1 {
      for a in block.own {
        let others = block.others.lazy.filter { [endpoints] in
          $0 != a && endpoints[$0].draft.address != endpoints[a].draft.address
        }
        for b in others.prefix(Self.refusalLimit) where !areJoined(a, b) {
          record(a, b, .mutualClaim, .claimed, block.text)
        }
      }
    }
  }

  private mutating func joinAtOneAddress(_ block: HostClaimGraph.MutualBlock) {
    let addresses = Dictionary(grouping: block.own) { endpoints[$0].draft.address }
    let others = Dictionary(grouping: block.others) { endpoints[$0].draft.address }
    for (address, own) in addresses.sorted(by: { $0.key < $1.key }) {
      if block.isOnePlace {
        joinAll(own, .word, evidence: block.text) { _, _ in .mutualHosts }
      } else if let others = others[address] {
        joinEach(of: own, with: others, .word, evidence: block.text) { _, _ in .mutualHosts }
      }
    }
  }

  /// Pairs of a block that are of two families: of each endpoint with the first of each family.
  private func acrossFamilies(_ block: HostClaimGraph.MutualBlock) -> [(Int, Int)] {
    let families = Dictionary(grouping: block.others) { endpoints[$0].draft.network }
    let others = families.values.flatMap { $0.prefix(Self.refusalLimit) }.sorted()
    return block.own.flatMap { a in
      others.filter { endpoints[$0].draft.network != endpoints[a].draft.network }.map { (a, $0) }
    }
  }

  private func hasOnion(_ a: Int, _ b: Int) -> Bool {
    endpoints[a].draft.network == .onion || endpoints[b].draft.network == .onion
  }

  private mutating func namesOnlyEachOther(_ a: Int, _ b: Int, _ claims: HostClaimGraph) -> Bool {
    guard endpoints[a].isAlike(endpoints[b]) else { return false }
    for (one, other) in [(a, b), (b, a)] {
      let family = endpoints[other].draft.network
      guard let places = claims.places(namedBy: one, in: [family]), areOneServer(places) else {
        return false
      }
      // An onion service that names an IPv4 and an IPv6 address, which are two servers, is neither's.
      guard endpoints[one].draft.network == .onion else { continue }
      guard let all = claims.places(namedBy: one, in: [.ipv4, .ipv6]),
        areOneServer(all.filter { isAnswering($0) })
      else { return false }
    }
    return true
  }

  private func isAnswering(_ place: HostClaimGraph.NamedPlace) -> Bool {
    place.endpoints.contains { endpoints[$0].isAnswered }
  }

  /// Whether it is one address, or several that one server was found at.
  private mutating func areOneServer(_ places: [HostClaimGraph.NamedPlace]) -> Bool {
    guard let first = places.first else { return false }
    var servers = representatives(first.endpoints)
    var rest = places.dropFirst().map { representatives($0.endpoints) }
    while let next = rest.firstIndex(where: { !$0.isDisjoint(with: servers) }) {
      servers.formUnion(rest.remove(at: next))
    }
    return rest.isEmpty
  }

  private mutating func representatives(_ members: [Int]) -> Set<Int> {
    Set(members.prefix(Self.portsConsidered).map { representative(of: $0) })
  }
}

import Addressing
import Records

@testable import Normalizing

/// Server resolution as the method's table has it: every rule on every pair, every veto on every two
/// members. Slow, and nothing of the resolver's is in it but the order of rules and blocks.
struct NaiveResolution {
  private let endpoints: [EndpointEvidence]
  private var group: [Int]

  init(_ evidence: ResolutionEvidence) {
    endpoints = evidence.endpoints.sorted { $0.id < $1.id }
    group = Array(endpoints.indices)
    for pair in evidence.resumptions.map({ [$0.issuer, $0.resumer].sorted() }).sorted(by: {
      $0.lexicographicallyPrecedes($1)
    }) {
      if let a = find(pair[0]), let b = find(pair[1]), isOnion(a) == isOnion(b) {
        join(a, b, isProof: true)
      }
    }
    joinKeys(evidence.copiedKeys)
    joinClaimants()
    joinFeatures()
    joinBehaviour()
    joinListed(evidence.listed.witnesses, passes: 0..<2)
    joinSilent()
    joinListed(evidence.listed.witnesses, passes: 2..<3)
  }

  /// Endpoint ids of each server, sorted.
  func servers() -> [[String]] {
    Dictionary(grouping: endpoints.indices) { group[$0] }.values
      .map { $0.map { endpoints[$0].id } }.sorted { $0[0] < $1[0] }
  }

  private func find(_ id: String) -> Int? { endpoints.firstIndex { $0.id == id } }

  private mutating func join(_ a: Int, _ b: Int, isProof: Bool) {
    let (one, other) = (group[a], group[b])
    guard one != other else { return }
    for x in endpoints.indices where group[x] == one {
      for y in endpoints.indices where group[y] == other && areVetoed(x, y, isProof: isProof) {
        return
      }
    }
    for x in endpoints.indices where group[x] == other { group[x] = one }
  }

  private func areVetoed(_ x: Int, _ y: Int, isProof: Bool) -> Bool {
    let (one, other) = (endpoints[x].draft.answers, endpoints[y].draft.answers)
    if let a = one.genesisHash, let b = other.genesisHash, a != b { return true }
    if let a = endpoints[x].implementation, let b = endpoints[y].implementation, a != b {
      return true
    }
    if !isProof, let a = one.versionText, let b = other.versionText, a != b { return true }
    for a in endpoints[x].draft.tips {
      for b in endpoints[y].draft.tips {
        let (low, high) = a.height < b.height ? (a, b) : (b, a)
        guard let seen = low.time, let later = high.time else { continue }
        let existed = seen - min(later, high.headerTime ?? Int.max)
        if high.height - low.height > 2, existed > 600, later - seen <= 600 { return true }
      }
    }
    return false
  }

  // MARK: Proof

  private mutating func joinKeys(_ pinned: Set<String>) {
    let keys = Set(endpoints.compactMap(\.spki)).sorted()
    let copied = keys.filter { key in
      let holders = endpoints.filter { $0.spki == key }
      return pinned.contains(key) || Set(holders.compactMap(\.implementation)).count > 1
        || Set(holders.compactMap(\.autonomousSystem)).count >= 5
    }
    let sound = keys.filter { !copied.contains($0) }
    for key in sound {
      let places = Set(endpoints.flatMap { $0.draft.verifiedNames.union([$0.draft.address]) })
      for place in places.sorted() {
        for b in endpoints.indices where holds(b, key, at: place) {
          for a in 0..<b where holds(a, key, at: place) && isOnion(a) == isOnion(b) {
            join(a, b, isProof: true)
          }
        }
      }
    }
    for key in sound { joinDualStacks(key) }
  }

  private func isOnion(_ index: Int) -> Bool { endpoints[index].draft.network == .onion }

  private func holds(_ index: Int, _ key: String, at place: String) -> Bool {
    let draft = endpoints[index].draft
    return endpoints[index].spki == key
      && (draft.address == place || draft.verifiedNames.contains(place))
  }

  private mutating func joinDualStacks(_ key: String) {
    let holders = endpoints.indices.filter { endpoints[$0].spki == key }
    for system in Set(holders.compactMap { endpoints[$0].autonomousSystem }).sorted() {
      let members = holders.filter { endpoints[$0].autonomousSystem == system }
      let families = [AddressFamily.ipv4, .ipv6].map { network in
        members.filter { endpoints[$0].draft.network == network }
      }
      let first = families.compactMap { $0.first { endpoints[$0].isAnswered } }
      let isSure =
        families.allSatisfy { Set($0.map { endpoints[$0].draft.address }).count == 1 }
        && members.allSatisfy { endpoints[$0].draft.verifiedNames.isEmpty }
      if isSure, first.count == 2,
        endpoints[first[0]].implementation == endpoints[first[1]].implementation,
        endpoints[first[0]].behaves(like: endpoints[first[1]]) == true
      {
        join(first[0], first[1], isProof: true)
      }
    }
  }

  // MARK: Words

  private func isAt(_ index: Int, _ place: String) -> Bool {
    let draft = endpoints[index].draft
    return draft.verifiedNames.union([draft.address]).contains { "\($0):\(draft.port)" == place }
  }

  private func claims(_ index: Int) -> Set<String> {
    endpoints[index].draft.answers.hosts.reduce(into: []) { places, host in
      for port in host.ports { places.insert("\(host.name):\(port)") }
    }
  }

  private mutating func joinClaimants() {
    let endpoints = endpoints
    let places = endpoints.indices.reduce(into: Set<String>()) { $0.formUnion(claims($1)) }.sorted()
    var mutual: [(Int, Int)] = []
    for (number, p) in places.enumerated() {
      for q in places[number...] {
        let ones = endpoints.indices.filter { isAt($0, p) && claims($0).contains(q) }
        let others = endpoints.indices.filter { isAt($0, q) && claims($0).contains(p) }
        if p == q {
          for b in ones { for a in ones where a < b { mutual.append((a, b)) } }
        } else {
          for a in ones { for b in others where a != b { mutual.append((a, b)) } }
        }
      }
    }
    for (a, b) in mutual where endpoints[a].draft.address == endpoints[b].draft.address {
      join(a, b, isProof: false)
    }
    for isTwin in [false, true] {
      let pairs = mutual.filter { a, b in
        endpoints[a].draft.network != endpoints[b].draft.network
          && (isOnion(a) != isOnion(b)) == isTwin && areTwins(a, b)
      }
      for (a, b) in pairs { join(a, b, isProof: false) }
    }
  }

  private func areTwins(_ a: Int, _ b: Int) -> Bool {
    let (one, other) = (endpoints[a].draft, endpoints[b].draft)
    let heights = one.tips.flatMap { tip in other.tips.map { abs($0.height - tip.height) } }
    guard one.answers.versionText != nil, one.answers.protocolMin != nil,
      one.answers.versionText == other.answers.versionText,
      one.answers.protocolMin == other.answers.protocolMin,
      one.answers.protocolMax == other.answers.protocolMax, heights.contains(where: { $0 < 2 })
    else { return false }
    func isOne(_ index: Int, _ families: Set<AddressFamily>, answering: Bool) -> Bool {
      areOne(named(index, families).filter { !answering || isAnswering($0) })
    }
    let clearnet: Set<AddressFamily> = [.ipv4, .ipv6]
    return isOne(a, [other.network], answering: false)
      && isOne(b, [one.network], answering: false)
      && (!isOnion(a) || isOne(a, clearnet, answering: true))
      && (!isOnion(b) || isOne(b, clearnet, answering: true))
  }

  private func isAnswering(_ address: String) -> Bool {
    endpoints.contains { $0.draft.address == address && $0.isAnswered }
  }

  /// Addresses, or names that lead to none.
  private func named(_ index: Int, _ families: Set<AddressFamily>) -> Set<String> {
    endpoints[index].draft.answers.hosts.reduce(into: []) { found, host in
      let known = endpoints.map(\.draft).filter {
        $0.address == host.name || $0.verifiedNames.contains(host.name)
      }
      for draft in known where families.contains(draft.network) { found.insert(draft.address) }
      guard known.isEmpty else { return }
      let network = host.name.hasSuffix(".onion") ? .onion : IPAddress(host.name)?.network
      if let network, !families.contains(network) { return }
      if network != nil || !families.isDisjoint(with: [.ipv4, .ipv6]) { found.insert(host.name) }
    }
  }

  /// Whether servers that are at several of the addresses connect them all.
  private func areOne(_ addresses: Set<String>) -> Bool {
    guard let first = addresses.first else { return false }
    var met: Set<String> = [first]
    while true {
      let groups = Set(
        endpoints.indices.filter { met.contains(endpoints[$0].draft.address) }.map { group[$0] })
      let more = Set(
        endpoints.indices.filter { groups.contains(group[$0]) }.map { endpoints[$0].draft.address }
      ).intersection(addresses).subtracting(met)
      if more.isEmpty { return met == addresses }
      met.formUnion(more)
    }
  }

  private mutating func joinSilent() {
    let before = group
    func isSilent(_ number: Int) -> Bool {
      !endpoints.indices.contains { before[$0] == number && endpoints[$0].isAnswered }
    }
    for number in Set(before).sorted() where isSilent(number) {
      let members = endpoints.indices.filter { before[$0] == number }
      let addresses = Set(members.map { endpoints[$0].draft.address }).subtracting([""])
      let servers = Set(
        endpoints.indices.filter {
          endpoints[$0].isAnswered && addresses.contains(endpoints[$0].draft.address)
        }.map { before[$0] })
      guard servers.count == 1, let server = servers.first else { continue }
      let own = Set(
        endpoints.indices.filter { before[$0] == server }.compactMap { endpoints[$0].spki })
      let shown = Set(members.compactMap { endpoints[$0].spki })
      if own.isEmpty || shown.isEmpty || !own.isDisjoint(with: shown) {
        if let one = before.firstIndex(of: server) { join(one, members[0], isProof: false) }
      }
    }
  }

  private mutating func joinFeatures() {
    struct Words: Hashable, Comparable {
      let texts: [String]
      static func < (left: Words, right: Words) -> Bool {
        left.texts.lexicographicallyPrecedes(right.texts)
      }
    }
    func words(_ index: Int) -> Words? {
      let answers = endpoints[index].draft.answers
      let address = endpoints[index].draft.address
      guard let features = answers.featuresText else { return nil }
      let hosts = answers.hosts.filter { $0.name != address }
        .map { "\($0.name):\($0.ports.map(String.init).joined(separator: ","))" }
      return Words(
        texts: [address, features, hosts.joined(separator: " "), answers.versionText ?? ""])
    }
    for block in Set(endpoints.indices.compactMap(words)).sorted() {
      let seen = endpoints.indices.filter { words($0) == block }
        .flatMap { index in endpoints[index].draft.tips.map { ($0, index) } }
        .sorted { ($0.0.time ?? 0, $0.1, $0.0.height) < ($1.0.time ?? 0, $1.1, $1.0.height) }
      for i in seen.indices {
        for j in (0..<i).reversed() where seen[i].0.agrees(with: seen[j].0) {
          join(seen[j].1, seen[i].1, isProof: false)
        }
      }
    }
  }

  private mutating func joinBehaviour() {
    let addresses = Set(endpoints.map(\.draft.address)).sorted()
    let versions = Set(endpoints.compactMap(\.draft.answers.versionText)).sorted()
    for address in addresses {
      for version in versions {
        let block = endpoints.indices.filter {
          let draft = endpoints[$0].draft
          return draft.address == address && draft.answers.versionText == version
            && draft.answers.featuresText == nil
        }
        for b in block {
          for a in block where a < b && endpoints[a].behaves(like: endpoints[b]) == true {
            join(a, b, isProof: false)
          }
        }
      }
    }
  }

  private mutating func joinListed(
    _ witnesses: [ListedPairs.Pair: ListedPairs.Witnesses], passes: Range<Int>
  ) {
    var all = witnesses
    for (a, one) in endpoints.enumerated() {
      for (b, other) in endpoints.enumerated() where a != b && !other.isAnswered {
        let claims = one.draft.answers.hosts.contains { host in
          host.ports.contains(other.draft.port)
            && other.draft.verifiedNames.union([other.draft.address]).contains(host.name)
        }
        guard claims, one.draft.address == other.draft.address else { continue }
        let isMutual = other.draft.answers.hosts.contains { host in
          host.ports.contains(one.draft.port)
            && one.draft.verifiedNames.union([one.draft.address]).contains(host.name)
        }
        guard !isMutual else { continue }
        let pair = ListedPairs.Pair(one.id, other.id)
        all[pair, default: []].insert(one.id == pair.first ? .first : .second)
      }
    }
    for pass in passes {
      for pair in all.keys.sorted() {
        let witness = all[pair] ?? []
        let rank = witness.isSuperset(of: .both) ? 0 : witness.isEmpty ? 2 : 1
        guard rank == pass, let a = find(pair.first), let b = find(pair.second) else { continue }
        if answered(a) + answered(b) <= allowed(a, b, witness) { join(a, b, isProof: false) }
      }
    }
  }

  private func answered(_ index: Int) -> Int {
    endpoints.indices.contains { group[$0] == group[index] && endpoints[$0].isAnswered } ? 1 : 0
  }

  private func allowed(_ a: Int, _ b: Int, _ witness: ListedPairs.Witnesses) -> Int {
    let (one, other) = (endpoints[a].draft.answers, endpoints[b].draft.answers)
    let isSame = one.versionText != nil && one.versionText == other.versionText
    if witness.isSuperset(of: .both) || isSame && witness.contains(.list) { return 2 }
    return witness.isEmpty ? 0 : 1
  }
}

import Records

/// The rules of what is listed: S1, ports listed together, and V4 against claims that nobody confirms.
extension ServerResolver {
  /// S1: the endpoint's key is address and port, so that its names are one already.
  mutating func recordNames() {
    for (index, endpoint) in endpoints.enumerated() {
      let names = endpoint.draft.verifiedNames
      guard names.count > 1 else { continue }
      let first = names.sorted().prefix(4).map(ComponentProfile.excerpt)
      record(
        index, index, .severalNames, .merged,
        "\(names.count) names: \(first.joined(separator: " "))")
    }
  }

  /// Ports of one address that a tuple, or the server's own hosts, name together.
  ///
  /// Two that answered must both say so, or a list and equal identifications. A list, or one of the
  /// two, may add a port that never answered.
  mutating func joinListed(_ listed: ListedPairs, _ claims: HostClaimGraph) {
    var witnesses = listed.witnesses
    for (index, endpoint) in endpoints.enumerated() where !endpoint.draft.address.isEmpty {
      for other in claims.oneSided(of: index, limit: Self.refusalLimit)
      where endpoints[other].draft.address == endpoint.draft.address
        && !endpoints[other].isAnswered
      {
        let pair = ListedPairs.Pair(endpoint.id, endpoints[other].id)
        witnesses[pair, default: []].insert(endpoint.id == pair.first ? .first : .second)
      }
    }
    let pairs = witnesses.sorted { $0.key < $1.key }
    for isWanted in [
      { $0.isSuperset(of: .both) }, { !$0.isEmpty && !$0.isSuperset(of: .both) },
    ] as [(ListedPairs.Witnesses) -> Bool] {
      for (pair, witnesses) in pairs where isWanted(witnesses) { joinListed(pair, witnesses) }
    }
  }

  /// What strangers list joins only what nobody heard a word from, and after all that is known of the
  /// address.
  mutating func joinListedByStrangers(_ listed: ListedPairs) {
    for (pair, witnesses) in listed.witnesses.sorted(by: { $0.key < $1.key })
    where witnesses.isEmpty { joinListed(pair, witnesses) }
  }

  private mutating func joinListed(
    _ pair: ListedPairs.Pair, _ witnesses: ListedPairs.Witnesses
  ) {
    guard let a = index(of: pair.first), let b = index(of: pair.second), !areJoined(a, b) else {
      return
    }
    let address = endpoints[a].draft.address
    let answered = [hasAnswered(a), hasAnswered(b)].count { $0 }
    if answered > answersAllowed(between: a, b, witnesses) {
      record(a, b, .listedClaim, .claimed, address)
    } else {
      join(a, b, .listedTogether, .word, evidence: address)
    }
  }

  /// How many of two components may have answered for who names them together to be believed.
  private func answersAllowed(
    between a: Int, _ b: Int, _ witnesses: ListedPairs.Witnesses
  ) -> Int {
    if witnesses.isSuperset(of: .both) { return 2 }
    if witnesses.contains(.list), let version = endpoints[a].draft.answers.versionText,
      version == endpoints[b].draft.answers.versionText
    {
      return 2
    }
    return witnesses.isEmpty ? 0 : 1
  }

  /// V4: kept, and never a reason to join.
  mutating func recordClaims(_ claims: HostClaimGraph) {
    for index in endpoints.indices {
      for other in claims.oneSided(of: index, limit: Self.refusalLimit)
      where endpoints[other].draft.answers.featuresText != nil && !areJoined(index, other) {
        record(index, other, .oneSidedClaim, .claimed, endpoints[index].id + " names the other")
      }
    }
  }
}

import Records

/// The rules of possession: S5, S2, S6, and V1 against keys that strangers hold. They join no onion
/// service with a clearnet server: that only the words of both do (S7).
extension ServerResolver {
  /// S5: only who shares the issuer's secret can take its ticket.
  mutating func joinTickets(_ resumptions: Set<TicketResumption>) {
    let pairs = Set(resumptions.map { ListedPairs.Pair($0.issuer, $0.resumer) })
    for pair in pairs.sorted() {
      guard let a = index(of: pair.first), let b = index(of: pair.second), a != b,
        isOnion(a) == isOnion(b)
      else { continue }
      join(a, b, .resumedTicket, .proof, evidence: "a ticket of one taken by the other")
    }
  }

  mutating func joinKeys(_ copied: CopiedKeys) {
    joinSameKeys(copied)
    joinDualStacks(copied)
  }

  private func isOnion(_ index: Int) -> Bool { endpoints[index].draft.network == .onion }

  /// What endpoints with one key share besides: their address, or a name that leads to both.
  private struct KeyPlace: Hashable, Comparable {
    let key: String
    let place: String
    let isOnion: Bool

    static func < (left: KeyPlace, right: KeyPlace) -> Bool {
      (left.key, left.place, left.isOnion ? 1 : 0) < (right.key, right.place, right.isOnion ? 1 : 0)
    }
  }

  /// S2.
  private mutating func joinSameKeys(_ copied: CopiedKeys) {
    let blocks = blocks { endpoint -> [KeyPlace] in
      guard let key = endpoint.spki else { return [] }
      let places = endpoint.draft.verifiedNames.union([endpoint.draft.address])
      return places.filter { !$0.isEmpty }.map {
        KeyPlace(key: key, place: $0, isOnion: endpoint.draft.network == .onion)
      }
    }
    for (shared, members) in blocks {
      if let reason = copied.reason(shared.key) {
        for member in members.dropFirst() where !areJoined(members[0], member) {
          record(members[0], member, .copiedKey, .vetoed, "\(shared.key) \(reason)")
        }
      } else {
        joinAll(members, .proof, evidence: "\(shared.key) at \(shared.place)") { _, _ in .sameKey }
      }
    }
  }

  /// S6: exactly one address of each family has the key in a network, none has a name, and both
  /// answer alike. With more addresses, nobody could say which are twins.
  private mutating func joinDualStacks(_ copied: CopiedKeys) {
    for (key, members) in blocks({ $0.spki.map { [$0] } ?? [] }) {
      let systems = Dictionary(grouping: members) { endpoints[$0].autonomousSystem }
      for case (let system?, let members) in systems.sorted(by: { ($0.key ?? 0) < ($1.key ?? 0) }) {
        guard let (a, b) = twins(members), !areJoined(a, b) else { continue }
        if let reason = copied.reason(key) {
          record(a, b, .copiedKey, .vetoed, "\(key) \(reason)")
        } else {
          join(a, b, .dualStackTwin, .proof, evidence: "\(key) in AS\(system)")
        }
      }
    }
  }

  private func twins(_ members: [Int]) -> (Int, Int)? {
    guard members.allSatisfy({ endpoints[$0].draft.verifiedNames.isEmpty }),
      let a = onlyAddress(members.filter { endpoints[$0].draft.network == .ipv4 }),
      let b = onlyAddress(members.filter { endpoints[$0].draft.network == .ipv6 }),
      let implementation = endpoints[a].implementation,
      implementation == endpoints[b].implementation,
      endpoints[a].behaves(like: endpoints[b]) == true
    else { return nil }
    return (a, b)
  }

  /// The first that answered, if all are at one address.
  private func onlyAddress(_ members: [Int]) -> Int? {
    guard Set(members.map { endpoints[$0].draft.address }).count == 1 else { return nil }
    return members.first { endpoints[$0].isAnswered }
  }
}

import Records

/// Server ids over a series: given by an anchor at first sight, carried by the overlap of endpoints.
///
/// Memory grows with the servers and endpoints there were, not with the scans.
struct ServerRegistry {
  /// One server of a scan: its endpoint ids and its anchors, best first.
  struct Candidate {
    let endpointIDs: Set<String>
    let anchors: [String]
    /// Those that are its own by what it or a list said: all but what is attached for want of another
    /// server at the address, which anybody can list.
    let ownIDs: Set<String>
  }

  /// The endpoints of each server when it was last seen.
  private var endpoints: [String: Set<String>] = [:]
  /// Those of them that were its own.
  private var own: [String: Set<String>] = [:]
  /// The servers in whose last sight each endpoint is.
  private var holders: [String: Set<String>] = [:]
  /// The server that each endpoint was seen at last.
  private var latest: [String: String] = [:]
  /// The servers of the scan before.
  private var present: Set<String> = []

  /// Overlap from which a server is held to be the same.
  private static let leastOverlap = 0.5

  /// The ids of a scan's servers, by index, and what became of the servers before.
  mutating func assign(_ candidates: [Candidate]) -> (ids: [String], events: [LineageEvent]) {
    var ids = [String?](repeating: nil, count: candidates.count)
    var overlaps: [Int: Double] = [:]
    var taken: Set<String> = []
    for match in matches(candidates) where ids[match.index] == nil && !taken.contains(match.id) {
      ids[match.index] = match.id
      overlaps[match.index] = match.overlap
      taken.insert(match.id)
    }
    // In the order of their endpoints, so that the order of the candidates decides nothing.
    let unnamed = candidates.indices.filter { ids[$0] == nil }
      .map { ($0, candidates[$0].ownIDs.min() ?? "") }
      .sorted { $0.1 < $1.1 }
    for (index, first) in unnamed {
      let id = newID(candidates[index].anchors, first, taken)
      ids[index] = id
      taken.insert(id)
    }
    let final = ids.compactMap { $0 }
    var events: [LineageEvent] = []
    for (index, id) in final.enumerated() {
      events += history(of: id, candidates[index], overlap: overlaps[index], now: taken)
    }
    remember(candidates, final)
    present = taken
    return (final, events)
  }

  /// Every server of before that a candidate may be: best first, ties to the smaller id.
  private func matches(
    _ candidates: [Candidate]
  ) -> [(overlap: Double, id: String, index: Int)] {
    var matches: [(overlap: Double, id: String, index: Int)] = []
    for (index, candidate) in candidates.enumerated() {
      let ids = candidate.endpointIDs.reduce(into: Set<String>()) {
        $0.formUnion(holders[$1] ?? [])
      }
      for id in ids {
        let overlap = overlap(of: id, candidate)
        if overlap >= Self.leastOverlap { matches.append((overlap, id, index)) }
      }
    }
    return matches.sorted { left, right in
      if left.overlap != right.overlap { return left.overlap > right.overlap }
      if left.id != right.id { return left.id < right.id }
      // Two halves of one server: its id stays with the one that has its first endpoint.
      return (candidates[left.index].ownIDs.min() ?? "")
        < (candidates[right.index].ownIDs.min() ?? "")
    }
  }

  /// Jaccard's: common endpoints of all that either has as its own.
  private func overlap(of id: String, _ candidate: Candidate) -> Double {
    let all = (own[id] ?? []).union(candidate.ownIDs)
    let common = all.intersection(endpoints[id] ?? []).intersection(candidate.endpointIDs)
    return Double(common.count) / Double(all.count)
  }

  /// An id of the best anchor that gives one that was never given. The first endpoint is part of it,
  /// so that another server with the same key or name changes nothing.
  private func newID(_ anchors: [String], _ first: String, _ taken: Set<String>) -> String {
    func free(_ anchor: String) -> String? {
      let id = Identifier.server(anchor: anchor)
      return taken.contains(id) || endpoints[id] != nil ? nil : id
    }
    for anchor in anchors {
      if let id = free("\(anchor)|\(first)") { return id }
    }
    var number = 2
    while true {
      if let id = free("\(first)|\(number)") { return id }
      number += 1
    }
  }

  // MARK: Lineage

  private func history(
    of id: String, _ candidate: Candidate, overlap: Double?, now: Set<String>
  ) -> [LineageEvent] {
    let kind: LineageKind =
      overlap == nil ? .new : present.contains(id) ? .carried : .returned
    var events = [
      LineageEvent(serverID: id, kind: kind).with {
        $0.overlap = overlap
      }
    ]
    let origins = Set(candidate.endpointIDs.compactMap { latest[$0] }).subtracting([id])
    // All of a server that is gone, or most of it, came here: merged. Else it was divided: split.
    let merged = origins.filter { origin in
      let known = endpoints[origin] ?? []
      return !now.contains(origin)
        && known.intersection(candidate.endpointIDs).count * 2 >= known.count
    }
    for (kind, others) in [(LineageKind.merged, merged), (.split, origins.subtracting(merged))]
    where !others.isEmpty {
      events.append(
        LineageEvent(serverID: id, kind: kind).with {
          $0.others = others.sorted()
          $0.overlap = others.map { self.overlap(of: $0, candidate) }.max()
        })
    }
    return events
  }

  private mutating func remember(_ candidates: [Candidate], _ ids: [String]) {
    for (candidate, id) in zip(candidates, ids) {
      for endpoint in endpoints[id] ?? [] { holders[endpoint]?.remove(id) }
      endpoints[id] = candidate.endpointIDs
      own[id] = candidate.ownIDs
      for endpoint in candidate.endpointIDs {
        holders[endpoint, default: []].insert(id)
        latest[endpoint] = id
      }
    }
  }
}

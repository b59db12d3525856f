import Records

/// Server ids over a series: given by an anchor at first sight, carried by the overlap of endpoints.
struct ServerRegistry {
  /// The endpoints of each server when it was last seen.
  private var endpoints: [String: Set<String>] = [:]
  private var owner: [String: Set<String>] = [:]

  /// One component of a scan: its endpoint ids and its anchors, best first.
  struct Candidate {
    let endpointIDs: Set<String>
    let anchors: [String]
  }

  /// The ids of a scan's components, by index (methods 1.1: Jaccard overlap of at least one half,
  /// best first, ties to the smaller id).
  mutating func assign(_ candidates: [Candidate]) -> [String] {
    var ids = [String?](repeating: nil, count: candidates.count)
    var taken: Set<String> = []
    for match in matches(candidates) where ids[match.index] == nil && !taken.contains(match.id) {
      ids[match.index] = match.id
      taken.insert(match.id)
    }
    var anchorUses: [String: Int] = [:]
    for candidate in candidates {
      for anchor in Set(candidate.anchors) { anchorUses[anchor, default: 0] += 1 }
    }
    for index in candidates.indices where ids[index] == nil {
      let free = candidates[index].anchors.lazy
        .filter { anchorUses[$0] == 1 }
        .map { Identifier.server(anchor: $0) }
        .first { !taken.contains($0) && endpoints[$0] == nil }
      // The smallest endpoint id is unique in the scan, so that there always is an id.
      let id =
        free ?? Identifier.server(anchor: "endpoint:\(candidates[index].endpointIDs.min() ?? "")")
      ids[index] = id
      taken.insert(id)
    }
    let final = ids.compactMap { $0 }
    remember(candidates, final)
    return final
  }

  private func matches(
    _ candidates: [Candidate]
  ) -> [(score: Double, id: String, index: Int)] {
    var matches: [(score: Double, id: String, index: Int)] = []
    for (index, candidate) in candidates.enumerated() {
      let ids = candidate.endpointIDs.reduce(into: Set<String>()) { $0.formUnion(owner[$1] ?? []) }
      for id in ids {
        guard let known = endpoints[id] else { continue }
        let common = known.intersection(candidate.endpointIDs).count
        let score = Double(common) / Double(known.count + candidate.endpointIDs.count - common)
        if score >= 0.5 { matches.append((score, id, index)) }
      }
    }
    return matches.sorted {
      ($1.score, $0.id, $0.index) < ($0.score, $1.id, $1.index)
    }
  }

  private mutating func remember(_ candidates: [Candidate], _ ids: [String]) {
    for (candidate, id) in zip(candidates, ids) {
      for endpoint in endpoints[id] ?? [] { owner[endpoint]?.remove(id) }
      endpoints[id] = candidate.endpointIDs
      for endpoint in candidate.endpointIDs { owner[endpoint, default: []].insert(id) }
    }
  }
}

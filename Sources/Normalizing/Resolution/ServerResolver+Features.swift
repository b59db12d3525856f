/// S4: one address, equal server.features, agreeing tips; or, of servers that tell no features, one
/// behaviour.
extension ServerResolver {
  /// What two endpoints must have in common before their tips are compared.
  private struct Words: Hashable, Comparable {
    let address: String
    let features: String
    let hosts: String
    let version: String

    static func < (left: Words, right: Words) -> Bool {
      (left.address, left.features, left.hosts, left.version)
        < (right.address, right.features, right.hosts, right.version)
    }
  }

  /// A sighting in the order of its time, and its place in that order.
  private struct Seen {
    let tip: TipSighting
    let endpoint: Int
    let place: Int
  }

  mutating func joinFeatures() {
    let blocks = blocks { endpoint -> [Words] in
      let draft = endpoint.draft
      guard let features = draft.answers.featuresText, !draft.address.isEmpty else { return [] }
      return [
        Words(
          address: draft.address, features: features,
          hosts: draft.answers.hostsText(without: draft.address),
          version: draft.answers.versionText ?? "")
      ]
    }
    for (words, members) in blocks { joinAgreeing(members, address: words.address) }
  }

  /// Each sighting is compared with the latest before it of each component, of the same tip and of
  /// the heights that agree: no other pair could change anything.
  private mutating func joinAgreeing(_ members: [Int], address: String) {
    var byHeight: [Int: [Seen]] = [:]
    var byHash: [String: [Seen]] = [:]
    for (place, seen) in inOrder(members).enumerated() {
      let now = Seen(tip: seen.tip, endpoint: seen.endpoint, place: place)
      var earlier = now.tip.hash.flatMap { byHash[$0] } ?? []
      for height in now.tip.height - 1...now.tip.height + 1 { earlier += byHeight[height] ?? [] }
      earlier.sort { $0.place > $1.place }
      var refusals = 0
      var last: Int?
      for other in earlier
      where refusals < Self.refusalLimit && other.place != last && now.tip.agrees(with: other.tip) {
        last = other.place
        let isJoined = join(
          other.endpoint, now.endpoint, .sameFeatures, .word,
          evidence: "\(address) \(other.tip.height) \(now.tip.height)")
        if !isJoined { refusals += 1 }
      }
      keep(now, in: &byHeight[now.tip.height, default: []])
      if let hash = now.tip.hash { keep(now, in: &byHash[hash, default: []]) }
    }
  }

  private func inOrder(_ members: [Int]) -> [(tip: TipSighting, endpoint: Int)] {
    members.flatMap { member in endpoints[member].draft.tips.map { ($0, member) } }
      .sorted { left, right in
        (left.0.time ?? 0, left.1, left.0.height) < (right.0.time ?? 0, right.1, right.0.height)
      }
  }

  /// The latest of each component, and no more of them than would be asked.
  private mutating func keep(_ seen: Seen, in list: inout [Seen]) {
    list.removeAll { areJoined($0.endpoint, seen.endpoint) }
    list.append(seen)
    if list.count > Self.refusalLimit { list.removeFirst() }
  }

  /// Software that closes when it is asked for its features tells of itself by that, too.
  mutating func joinBehaviour() {
    let blocks = blocks { endpoint -> [Words] in
      let (address, answers) = (endpoint.draft.address, endpoint.draft.answers)
      guard let version = answers.versionText, answers.featuresText == nil, !address.isEmpty else {
        return []
      }
      return [Words(address: address, features: "", hosts: "", version: version)]
    }
    for (words, members) in blocks {
      for (place, member) in members.enumerated() {
        for other in members[..<place].suffix(Self.refusalLimit)
        where endpoints[other].behaves(like: endpoints[member]) == true {
          join(other, member, .sameBehaviour, .word, evidence: words.address)
        }
      }
    }
  }
}

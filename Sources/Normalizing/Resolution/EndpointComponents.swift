/// Disjoint sets of endpoints that no veto divides: two sets with any contradicting pair between
/// their members are never joined.
struct EndpointComponents {
  private var parent: [Int]
  /// What the members said, at the set's representative.
  private var profiles: [ComponentProfile]

  init(_ endpoints: [EndpointEvidence]) {
    parent = Array(endpoints.indices)
    profiles = endpoints.enumerated().map { ComponentProfile($1, endpoint: $0) }
  }

  /// The smallest index of the set.
  mutating func representative(of index: Int) -> Int {
    var root = index
    while parent[root] != root { root = parent[root] }
    var walker = index
    while parent[walker] != root { (parent[walker], walker) = (root, parent[walker]) }
    return root
  }

  mutating func areJoined(_ one: Int, _ other: Int) -> Bool {
    representative(of: one) == representative(of: other)
  }

  /// Public keys that any of the set shows.
  mutating func keys(of index: Int) -> Set<String> {
    profiles[representative(of: index)].keys
  }

  /// Whether any of the set identified itself.
  mutating func hasAnswered(_ index: Int) -> Bool {
    profiles[representative(of: index)].hasAnswered
  }

  /// Joins the sets of two endpoints unless something between them contradicts it.
  mutating func join(
    _ one: Int, _ other: Int, _ strength: EvidenceStrength
  ) -> ComponentProfile.Contradiction? {
    let (left, right) = (representative(of: one), representative(of: other))
    guard left != right else { return nil }
    if let found = profiles[left].contradiction(to: profiles[right], strength) { return found }
    let (root, child) = (min(left, right), max(left, right))
    profiles[root].absorb(profiles[child])
    parent[child] = root
    return nil
  }

  /// All sets, members ascending, in order of their first member.
  mutating func all() -> [[Int]] {
    var members: [[Int]] = Array(repeating: [], count: parent.count)
    for index in parent.indices { members[representative(of: index)].append(index) }
    return members.filter { !$0.isEmpty }
  }
}

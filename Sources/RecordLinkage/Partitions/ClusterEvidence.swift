import Ordering
internal import Statistics

/// What holds one cluster together, over all its pairs.
public struct ClusterEvidence: Sendable, Equatable {
  /// Its records, ascending.
  public let members: [Int]
  /// Mean bits of its pairs, by group.
  public internal(set) var meanBits: [Double]
  /// Share of its pairs that reach a level or more, by group and level from 1.
  public internal(set) var shares: [[Double]]
  /// Mean of its pairs' posteriors.
  public internal(set) var meanPosterior = 0.0
  /// Whether a pair of it is proved.
  public internal(set) var hasProof = false
  /// Links that hold all of it together, the strongest there are, the strongest first.
  public internal(set) var spanning: [WeightedPair] = []

  /// The weakest of these: where the cluster would part first.
  public var weakestBridge: WeightedPair? { spanning.last }

  /// 1 − p on average: share of its pairs that are expected to be false.
  public var expectedFalse: Double { 1 - meanPosterior }

  /// Pairs of its records.
  public var pairs: Int { members.count * (members.count - 1) / 2 }
}

extension Linkage {
  /// All clusters of two records or more, by smallest member.
  ///
  /// - Parameter visit: sees every pair within a cluster that shows anything, by (a, b).
  public func clusterEvidence(visiting visit: (PairEvidence) -> Void = { _ in })
    -> [ClusterEvidence]
  {
    var members: [Int: [Int]] = [:]
    for (record, cluster) in clusters.enumerated() { members[cluster, default: []].append(record) }
    let kept = members.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.key, $0) })
    var tallies = kept.map { ClusterTally($0.value, model) }
    forEachPair {
      place[clusters[$0]] != nil
    } _: { pair in
      guard clusters[pair.a] == clusters[pair.b], let place = place[clusters[pair.a]] else {
        return
      }
      tallies[place].add(pair, model)
      visit(pair)
    }
    var links = [[WeightedPair]](repeating: [], count: kept.count)
    for pair in pairs where clusters[Int(pair.a)] == clusters[Int(pair.b)] {
      if let place = place[clusters[Int(pair.a)]] { links[place].append(pair) }
    }
    return tallies.indices.map { index in
      var evidence = tallies[index].evidence(prior: prior)
      evidence.spanning = SpanningLinks.strongest(of: links[index])
      return evidence
    }
  }

  /// Components of records that something joins within their cluster.
  ///
  /// - Parameter isJoined: asked of each pair within a cluster that shows anything.
  public func components(where isJoined: (PairEvidence) -> Bool) -> [Int] {
    var sets = Components(count: evidence.count)
    let size = Dictionary(grouping: clusters, by: \.self).mapValues(\.count)
    forEachPair {
      size[clusters[$0], default: 1] > 1
    } _: { pair in
      if clusters[pair.a] == clusters[pair.b], isJoined(pair) { sets.join(pair.a, pair.b) }
    }
    for conjunction in evidence.conjunctions
    where model.leftOut.isDisjoint(with: conjunction.groups) {
      for records in conjunction.field.members {
        let inside = Dictionary(grouping: records) { clusters[Int($0)] }
        for (_, together) in inside { sets.join(together) }
      }
    }
    return sets.representatives
  }
}

/// Sums over a cluster's pairs while they are visited.
private struct ClusterTally {
  private let members: [Int]
  private var bits: [NeumaierSum]
  private var levels: [[Int]]
  private var posterior = NeumaierSum()
  private var visited = 0
  private var hasProof = false

  init(_ members: [Int], _ model: LinkageModel) {
    self.members = members
    bits = model.groups.map { _ in NeumaierSum() }
    levels = model.groups.map { [Int](repeating: 0, count: $0.levels.count) }
  }

  mutating func add(_ pair: PairEvidence, _ model: LinkageModel) {
    visited += 1
    posterior.add(Linkage.posterior(pair.total))
    for group in bits.indices {
      let level = pair.level(group)
      guard level > 0 else { continue }
      bits[group].add(pair.bits(group))
      for reached in 0..<level { levels[group][reached] += 1 }
      if model.groups[group].levels[level - 1].strength == .proof { hasProof = true }
    }
  }

  func evidence(prior: Double) -> ClusterEvidence {
    let pairs = Double(members.count * (members.count - 1) / 2)
    let silent = pairs - Double(visited)
    var found = ClusterEvidence(
      members: members, meanBits: bits.map { $0.value / pairs },
      shares: levels.map { $0.map { Double($0) / pairs } })
    found.meanPosterior = (posterior.value + silent * Linkage.posterior(prior)) / pairs
    found.hasProof = hasProof
    return found
  }
}

/// The strongest links that hold records together.
enum SpanningLinks {
  /// A greatest spanning forest (Kruskal): of equal weights the smaller pair comes first.
  static func strongest(of pairs: [WeightedPair]) -> [WeightedPair] {
    let order = pairs.sorted { ($1.bits, $0.a, $0.b) < ($0.bits, $1.a, $1.b) }
    var group: [Int32: Int32] = [:]
    func representative(_ record: Int32) -> Int32 {
      var top = record
      while let above = group[top], above != top { top = above }
      var walker = record
      while let above = group[walker], above != top { (group[walker], walker) = (top, above) }
      return top
    }
    return order.filter { pair in
      let (one, other) = (representative(pair.a), representative(pair.b))
      guard one != other else { return false }
      group[max(one, other)] = min(one, other)
      return true
    }
  }
}

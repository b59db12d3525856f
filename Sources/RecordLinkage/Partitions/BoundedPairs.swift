/// Pairs worth showing: however many share a value, so many of them.
extension Linkage {
  /// Pairs that agree on anything, at most `bound` for each value, clump and state, by (a, b).
  ///
  /// Of a value's pairs those of its smallest record come first, then those of the next.
  public func pairs(perValue bound: Int) -> [(a: Int, b: Int)] {
    var found: Set<UInt64> = []
    for field in evidence.fields {
      for members in field.members {
        Self.first(bound, of: members) { a, b in
          if evidence.agree(a, b, in: field) { found.insert(Self.key(a, b)) }
        }
      }
    }
    for pairs in evidence.pairs {
      for (a, partners) in pairs.partners.enumerated() {
        for b in partners.lazy.filter({ $0 > a }).prefix(bound) {
          found.insert(Self.key(a, Int(b)))
        }
      }
    }
    evidence.madeTogether?.forEachPair(perClump: bound) { found.insert(Self.key($0, $1)) }
    for round in evidence.sharedState?.rounds ?? [] {
      for state in round.shared {
        Self.first(bound, of: state.holders) { found.insert(Self.key($0, $1)) }
      }
    }
    return found.sorted().map { (Int($0 >> 32), Int($0 & 0xffff_ffff)) }
  }

  private static func key(_ a: Int, _ b: Int) -> UInt64 {
    UInt64(min(a, b)) << 32 | UInt64(max(a, b))
  }

  private static func first(_ bound: Int, of members: [Int32], _ body: (Int, Int) -> Void) {
    var left = bound
    for (position, a) in members.enumerated() {
      for b in members[(position + 1)...] {
        guard left > 0 else { return }
        body(Int(a), Int(b))
        left -= 1
      }
    }
  }
}

extension MadeTogether {
  /// Calls `body` with at most so many pairs of each clump.
  fileprivate func forEachPair(perClump bound: Int, _ body: (Int, Int) -> Void) {
    var left: [Int: Int] = [:]
    for (place, kind) in kinds.enumerated() {
      left.removeAll()
      for first in kind.times.indices {
        let clump = kind.clump[first].lowerBound
        for second in first..<kind.clump[first].upperBound
        where kind.times[second] - kind.times[first] <= Self.run {
          guard left[clump, default: bound] > 0 else { break }
          for a in kind.holders[first] {
            for b in kind.holders[second] where areTogether(a, b, place, first, second) {
              guard left[clump, default: bound] > 0 else { break }
              body(Int(a), Int(b))
              left[clump, default: bound] -= 1
            }
          }
        }
      }
    }
  }

  private func areTogether(
    _ a: Int32, _ b: Int32, _ kind: Int, _ first: Int, _ second: Int
  ) -> Bool {
    a != b && kinds[kind].things[first] != kinds[kind].things[second]
      && (setOf[Int(a)] == 0 || setOf[Int(a)] != setOf[Int(b)])
  }
}

/// Records that told one state in one round.
public struct StateGroup: Sendable {
  /// Index of the round.
  public let round: Int
  public let state: SharedState.State
  /// Its records, ascending.
  public let holders: [Int]
  /// Units of these.
  public let units: Int
  /// Records that told any state in the round.
  public let tellers: Int
  /// λ: strangers expected to tell this very state.
  public let expected: Double
  public let chance: Double
  /// What a pair of them earns by it.
  public let bits: Double
}

extension Linkage {
  /// Every state that several records told, by round.
  public var stateGroups: [StateGroup] {
    guard let shared = evidence.sharedState else { return [] }
    return zip(shared.rounds, index.stateWeights).enumerated().flatMap { number, entry in
      let (round, weights) = entry
      return round.shared.indices.map { place in
        let told = round.shared[place]
        return StateGroup(
          round: number, state: told.state, holders: told.holders.map { Int($0) },
          units: weights.units[place], tellers: round.tellers, expected: told.expected,
          chance: weights.chance[place], bits: weights.bits[place])
      }
    }
  }
}

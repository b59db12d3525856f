import Ordering
internal import Statistics

/// How many edges chance alone makes: each group's values are given to other records of the same
/// stratum, and everything is weighed anew.
public struct PermutationCheck: Sendable, Equatable {
  /// Pairs of positive weight as observed.
  public let observed: Int
  /// The same after each permutation.
  public let permuted: [Int]

  /// Edges of the null over observed edges; nil where none was observed.
  public var ratio: Double? {
    guard observed > 0, !permuted.isEmpty else { return nil }
    return Double(permuted.reduce(0, +)) / Double(permuted.count) / Double(observed)
  }

  /// - Parameters:
  ///   - strata: by record: values are exchanged within one only.
  ///   - repeats: permutations.
  public init(
    _ linkage: Linkage, strata: [String], repeats: Int, seed: UInt64
  ) throws(LinkageError) {
    observed = linkage.pairs.count { $0.bits > 0 }
    let members = Dictionary(grouping: strata.indices) { strata[$0] }
      .sorted { $0.key < $1.key }.map(\.value)
    var chance = Xoshiro256StarStar(seed: seed)
    var permuted: [Int] = []
    for _ in 0..<repeats {
      let permutations = linkage.model.groups.map { _ in
        Self.permutation(count: strata.count, members, &chance)
      }
      let evidence = linkage.evidence.permuted { permutations[$0] }
      let other = try Linkage(evidence, model: linkage.model, threads: linkage.threads)
      permuted.append(other.pairs.count { $0.bits > 0 })
    }
    self.permuted = permuted
  }

  private static func permutation(
    count: Int, _ strata: [[Int]], _ chance: inout Xoshiro256StarStar
  ) -> [Int] {
    var permutation = Array(0..<count)
    for members in strata {
      var shuffled = members
      chance.shuffle(&shuffled)
      for (place, origin) in zip(members, shuffled) { permutation[place] = origin }
    }
    return permutation
  }
}

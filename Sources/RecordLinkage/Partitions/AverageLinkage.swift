internal import Statistics

/// Average linkage (UPGMA) of weights that only some pairs have; all others say one default.
///
/// The two clusters of greatest mean weight are merged as long as that is positive; of equal means
/// the pair of clusters with the smallest members comes first. Weights are counted as whole numbers
/// of 2^-30 bits, so that sums depend on no order and equal means are equal. Merging along chains of
/// nearest neighbours (Murtagh 1983) finds the same clusters, because a mean of two is never above
/// both.
public struct AverageLinkage {
  private static let scale = 0x1p30

  /// Excess over the default of the pairs of one cluster, by any record of the other one.
  private struct Row {
    var others: [Int32] = []
    var excess: [Int64] = []
  }

  private let deficit: Int64
  private var rows: [Row]
  private var root: [Int32]
  private var size: [Int]
  private var scratch: [Int64]

  /// - Parameters:
  ///   - nothing: bits that every pair says which is not told; negative.
  ///   - greatest: most bits that a pair says.
  ///   - weights: bits of pairs a < b, each pair once.
  /// - Returns: per record the smallest record of its cluster.
  public static func partition(
    count: Int, nothing: Double, greatest: Double,
    weights: some Sequence<(a: Int32, b: Int32, bits: Double)>
  ) -> [Int] {
    var linkage = AverageLinkage(count: count, deficit: Int64((-nothing * scale).rounded()))
    for (a, b, bits) in weights where bits > nothing {
      let excess = Int64(((min(bits, greatest) - nothing) * scale).rounded())
      guard excess > 0 else { continue }
      linkage.rows[Int(a)].others.append(b)
      linkage.rows[Int(a)].excess.append(excess)
      linkage.rows[Int(b)].others.append(a)
      linkage.rows[Int(b)].excess.append(excess)
    }
    return linkage.merged()
  }

  /// Bytes that so many weighted pairs need.
  public static func bytes(pairs: Int) -> Int { 2 * pairs * 24 }

  private init(count: Int, deficit: Int64) {
    self.deficit = deficit
    rows = [Row](repeating: Row(), count: count)
    root = (0..<count).map { Int32($0) }
    size = [Int](repeating: 1, count: count)
    scratch = [Int64](repeating: 0, count: count)
  }

  private mutating func merged() -> [Int] {
    var starts = root.indices.reversed().map { Int32($0) }
    var chain: [Int32] = []
    while let start = starts.popLast() {
      guard root[Int(start)] == start else { continue }
      chain.append(start)
      while let last = chain.last {
        guard let nearest = nearest(last) else {
          // Nothing will ever merge with it: no later mean is above those of now.
          chain.removeLast()
          continue
        }
        if chain.count > 1, chain[chain.count - 2] == nearest {
          chain.removeLast(2)
          starts.append(merge(last, nearest))
        } else {
          chain.append(nearest)
        }
      }
    }
    return root.indices.map { Int(representative(Int32($0))) }
  }

  private mutating func representative(_ record: Int32) -> Int32 {
    var top = record
    while root[Int(top)] != top { top = root[Int(top)] }
    var walker = record
    while root[Int(walker)] != top { (root[Int(walker)], walker) = (top, root[Int(walker)]) }
    return top
  }

  /// The cluster of greatest positive mean, of equal ones that with the smallest member.
  private mutating func nearest(_ cluster: Int32) -> Int32? {
    let found = compact(cluster)
    var best: Int32?
    var (bestSum, bestSize) = (Int64(0), 1)
    let others = rows[Int(cluster)].others
    for (position, other) in others.enumerated() {
      let sum = found[position]
      let pairs = Int64(size[Int(cluster)]) * Int64(size[Int(other)])
      guard sum > deficit * pairs else { continue }
      guard let known = best else {
        (best, bestSum, bestSize) = (other, sum, size[Int(other)])
        continue
      }
      let left = UInt64(sum).multipliedFullWidth(by: UInt64(bestSize))
      let right = UInt64(bestSum).multipliedFullWidth(by: UInt64(size[Int(other)]))
      let isEqual = left == right
      // Of equal means the pair with the smaller first and then second member: with one side
      // given, the smaller other side.
      if isEqual ? other < known : (left.high, left.low) > (right.high, right.low) {
        (best, bestSum, bestSize) = (other, sum, size[Int(other)])
      }
    }
    return best
  }

  /// Adds up a cluster's row by the clusters of now.
  private mutating func compact(_ cluster: Int32) -> [Int64] {
    var row = rows[Int(cluster)]
    rows[Int(cluster)] = Row()
    var kept: [Int32] = []
    for (position, other) in row.others.enumerated() {
      let top = representative(other)
      guard top != cluster else { continue }
      if scratch[Int(top)] == 0 { kept.append(top) }
      scratch[Int(top)] += row.excess[position]
    }
    row.others = kept
    row.excess = kept.map { scratch[Int($0)] }
    for other in kept { scratch[Int(other)] = 0 }
    rows[Int(cluster)] = row
    return row.excess
  }

  /// - Returns: the cluster of both, called by its smallest member.
  private mutating func merge(_ one: Int32, _ other: Int32) -> Int32 {
    let (kept, gone) = (Int(min(one, other)), Int(max(one, other)))
    if rows[kept].others.count < rows[gone].others.count { rows.swapAt(kept, gone) }
    rows[kept].others += rows[gone].others
    rows[kept].excess += rows[gone].excess
    rows[gone] = Row()
    root[gone] = Int32(kept)
    size[kept] += size[gone]
    return Int32(kept)
  }
}

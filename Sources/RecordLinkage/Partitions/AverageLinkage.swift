internal import Statistics

/// Average linkage (UPGMA) of weights that only some pairs have; all others say one default.
///
/// The two clusters of greatest mean weight are merged as long as that is positive; of equal means
/// the pair of clusters with the smallest members comes first. Weights are counted as whole numbers
/// of 2^-23 bits, so that sums depend on no order and equal means are equal. Merging along chains of
/// nearest neighbours (Murtagh 1983) finds the same clusters, because a mean of two is never above
/// both.
public struct AverageLinkage {
  static let scale = 0x1p23
  /// Share of a mean above which another's might be equal, for all that rounding does.
  static let close = 1 - 0x1p-48

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
    weights: [WeightedPair]
  ) -> [Int] {
    let deficit = Int64((-nothing * scale).rounded())
    let told = weights.lazy.filter { $0.bits > nothing }.map { weight in
      let bits = min(weight.bits, greatest) - nothing
      return (a: weight.a, b: weight.b, excess: Int64((bits * scale).rounded()))
    }
    let most = ((greatest - nothing) * scale).rounded()
    if DenseAverageLinkage.suits(count: count, pairs: weights.count, greatest: most) {
      return DenseAverageLinkage.partition(count: count, deficit: deficit, excess: told)
    }
    return fromRows(count: count, deficit: deficit, excess: told)
  }

  /// - Parameter excess: of pairs over the default, each pair once.
  package static func fromRows(
    count: Int, deficit: Int64, excess: some Sequence<(a: Int32, b: Int32, excess: Int64)>
  ) -> [Int] {
    var linkage = AverageLinkage(count: count, deficit: deficit)
    for (a, b, value) in excess where value > 0 {
      linkage.rows[Int(a)].others.append(b)
      linkage.rows[Int(a)].excess.append(value)
      linkage.rows[Int(b)].others.append(a)
      linkage.rows[Int(b)].excess.append(value)
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
    return root.withUnsafeMutableBufferPointer { root in
      root.indices.map { Int(Self.representative(Int32($0), root)) }
    }
  }

  /// The cluster of greatest positive mean, of equal ones that with the smallest member.
  private mutating func nearest(_ cluster: Int32) -> Int32? {
    compact(cluster)
    let row = rows[Int(cluster)]
    let own = Int64(size[Int(cluster)])
    var best: Int32?
    var (bestSum, bestSize, bestMean) = (Int64(0), 1, 0.0)
    for position in row.others.indices {
      let (other, sum) = (row.others[position], row.excess[position])
      let pairs = size[Int(other)]
      let mean = Double(sum) / Double(pairs)
      // Only means that are close are told apart exactly.
      guard mean >= bestMean * Self.close, sum > deficit * own * Int64(pairs) else { continue }
      guard let known = best else {
        (best, bestSum, bestSize, bestMean) = (other, sum, pairs, mean)
        continue
      }
      let left = UInt64(sum).multipliedFullWidth(by: UInt64(bestSize))
      let right = UInt64(bestSum).multipliedFullWidth(by: UInt64(pairs))
      // Of equal means the pair with the smaller first and then second member comes first: with
      // one side given, that with the smaller other side.
      if left == right ? other < known : (left.high, left.low) > (right.high, right.low) {
        (best, bestSum, bestSize, bestMean) = (other, sum, pairs, mean)
      }
    }
    return best
  }

  /// Adds up a cluster's row by the clusters of now.
  private mutating func compact(_ cluster: Int32) {
    var row = rows[Int(cluster)]
    rows[Int(cluster)] = Row()
    var kept = 0
    root.withUnsafeMutableBufferPointer { root in
      scratch.withUnsafeMutableBufferPointer { scratch in
        row.others.withUnsafeMutableBufferPointer { others in
          row.excess.withUnsafeMutableBufferPointer { excess in
            for position in others.indices {
              let top = Self.representative(others[position], root)
              guard top != cluster else { continue }
              let sum = scratch[Int(top)]
              scratch[Int(top)] = sum + excess[position]
              // Places before this one have been read: the row is written over itself.
              if sum == 0 {
                others[kept] = top
                kept += 1
              }
            }
            for position in 0..<kept {
              let top = Int(others[position])
              excess[position] = scratch[top]
              scratch[top] = 0
            }
          }
        }
      }
    }
    row.others.removeLast(row.others.count - kept)
    row.excess.removeLast(row.excess.count - kept)
    rows[Int(cluster)] = row
  }

  @inline(__always)
  private static func representative(
    _ record: Int32, _ root: UnsafeMutableBufferPointer<Int32>
  ) -> Int32 {
    var top = root[Int(record)]
    if root[Int(top)] == top { return top }
    while root[Int(top)] != top { top = root[Int(top)] }
    var walker = record
    while root[Int(walker)] != top { (root[Int(walker)], walker) = (top, root[Int(walker)]) }
    return top
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

/// The dendrogram of single linkage over mutual reachability.
///
/// Nodes are numbered as in scipy: points from 0 on, then the merges in the order of their
/// distances; of points that were excluded there is none.
public struct SingleLinkage: Sendable {
  /// Two nodes become one.
  public struct Merge: Sendable, Equatable {
    public let left: Int
    public let right: Int
    public let distance: Double
    /// Points below it.
    public let size: Int
  }

  /// Points in the set, excluded ones too.
  public let count: Int
  /// In the order of distances; the node of `merges[i]` is `count + i`.
  public let merges: [Merge]
  /// The points, so that those below a node stand side by side.
  public let order: [Int]
  /// Where in ``order`` the points of a merge begin.
  let firsts: [Int]
  /// From the point before in ``order``.
  private let steps: [Double]

  init(_ sequence: MergeSequence, count: Int) {
    self.count = count
    order = sequence.points
    steps = sequence.distances
    let total = order.count
    guard total > 1 else {
      merges = []
      firsts = []
      return
    }
    let steps = steps
    // Merges in order of distance, of equal ones in the order of the sequence.
    let ranked = (1..<total).sorted { (left: Int, right: Int) -> Bool in
      steps[left] != steps[right] ? steps[left] < steps[right] : left < right
    }
    // Every run of the sequence knows its node at both of its ends.
    var nodes = order
    var lengths = [Int](repeating: 1, count: total)
    var merges: [Merge] = []
    var firsts: [Int] = []
    merges.reserveCapacity(total - 1)
    firsts.reserveCapacity(total - 1)
    for step in ranked {
      let leftLength = lengths[step - 1]
      let rightLength = lengths[step]
      let first = step - leftLength
      let last = step + rightLength - 1
      let merge = Merge(
        left: nodes[step - 1], right: nodes[step], distance: steps[step],
        size: leftLength + rightLength)
      let node = count + merges.count
      merges.append(merge)
      firsts.append(first)
      nodes[first] = node
      nodes[last] = node
      lengths[first] = merge.size
      lengths[last] = merge.size
    }
    self.merges = merges
    self.firsts = firsts
  }

  /// The hierarchy without small splits, under another least distance or size than was asked first.
  public func condensed(minimumClusterSize: Int, smallestDistance: Double = 0) -> CondensedTree {
    CondensedTree(
      self, minimumClusterSize: minimumClusterSize, smallestDistance: smallestDistance)
  }

  /// Points below a node.
  public func points(below node: Int) -> ArraySlice<Int> {
    if node < count { return [node] }
    let first = firsts[node - count]
    return order[first..<first + merges[node - count].size]
  }

  /// Number of points below a node.
  func size(_ node: Int) -> Int { node < count ? 1 : merges[node - count].size }

  /// Distances at which pairs come together, as scipy's `cophenet` gives them: (0, 1), (0, 2), ...
  /// (1, 2), ...; infinite with an excluded point. In the square of the number of points.
  public func copheneticDistances() -> [Double] {
    var matrix = [Double](repeating: .infinity, count: count * max(0, count - 1) / 2)
    for start in order.indices {
      var greatest = 0.0
      for end in order.indices.dropFirst(start + 1) {
        greatest = max(greatest, steps[end])
        let (i, j) = (min(order[start], order[end]), max(order[start], order[end]))
        matrix[i * count - i * (i + 1) / 2 + j - i - 1] = greatest
      }
    }
    return matrix
  }
}

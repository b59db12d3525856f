/// The hierarchy without the splits that only shed fewer points than a cluster has.
///
/// Density is 1 / distance. A split at distance 0 is none: identical points cannot be told apart.
public struct CondensedTree: Sendable {
  /// A cluster that lasts over a range of densities.
  public struct Cluster: Sendable {
    /// The cluster that it split from; nil of the root.
    public let parent: Int?
    /// Density at which it splits off.
    public let birth: Double
    /// Its points at birth.
    public let size: Int
    /// Greatest density at which a point or a child leaves it.
    public internal(set) var death = 0.0
    /// Sum over its points of the densities from its birth until each leaves.
    public internal(set) var stability = 0.0
    /// The two clusters that it splits into, or none.
    public internal(set) var children: [Int] = []
  }

  /// The root first, parents before children.
  public private(set) var clusters: [Cluster] = []
  /// By point: the cluster that it leaves as a single point; nil of an excluded one.
  public private(set) var clusterOfPoint: [Int?]
  /// By point: the density at which it leaves that cluster.
  public private(set) var densities: [Double]

  init(_ hierarchy: SingleLinkage, minimumClusterSize: Int, smallestDistance: Double) {
    clusterOfPoint = Array(repeating: nil, count: hierarchy.count)
    densities = Array(repeating: 0, count: hierarchy.count)
    guard let first = hierarchy.order.first else { return }
    let root = hierarchy.merges.isEmpty ? first : hierarchy.count + hierarchy.merges.count - 1
    clusters = [Cluster(parent: nil, birth: 0, size: hierarchy.order.count)]
    if root < hierarchy.count { clusterOfPoint[root] = 0 }
    func density(_ distance: Double) -> Double {
      let distance = max(distance, smallestDistance)
      return distance > 0 ? 1 / distance : .infinity
    }
    // Breadth first, so that sums run in the order of the densities within a cluster.
    var tops = [(node: root, cluster: 0)]
    var next = 0
    while next < tops.count {
      var (node, cluster) = tops[next]
      next += 1
      while node >= hierarchy.count {
        let merge = hierarchy.merges[node - hierarchy.count]
        let leaving = density(merge.distance)
        func shed(_ node: Int) {
          for point in hierarchy.points(below: node) {
            clusterOfPoint[point] = cluster
            densities[point] = leaving
            leave(cluster, leaving, size: 1)
          }
        }
        let sizes = (hierarchy.size(merge.left), hierarchy.size(merge.right))
        let isLarge = (sizes.0 >= minimumClusterSize, sizes.1 >= minimumClusterSize)
        if merge.distance == 0 || (!isLarge.0 && !isLarge.1) {
          shed(node)
          break
        }
        if isLarge.0 && isLarge.1 {
          for (child, size) in [(merge.left, sizes.0), (merge.right, sizes.1)] {
            clusters[cluster].children.append(clusters.count)
            tops.append((child, clusters.count))
            clusters.append(Cluster(parent: cluster, birth: leaving, size: size))
            leave(cluster, leaving, size: size)
          }
          break
        }
        shed(isLarge.0 ? merge.right : merge.left)
        node = isLarge.0 ? merge.left : merge.right
      }
    }
  }

  private mutating func leave(_ cluster: Int, _ density: Double, size: Int) {
    clusters[cluster].death = max(clusters[cluster].death, density)
    // A cluster that is born and dies at infinite density lasts no time.
    if density > clusters[cluster].birth {
      clusters[cluster].stability += (density - clusters[cluster].birth) * Double(size)
    }
  }

  /// The outlier score GLOSH by point: how much less dense the point is than the densest below the
  /// cluster that it left. 0 of a point without any density near it but its own; an infinite
  /// density makes every finite one an outlier of score 1.
  public func outlierScores(count: Int) -> [Double] {
    var greatest = clusters.map(\.death)
    for (index, cluster) in clusters.enumerated().reversed() {
      if let parent = cluster.parent { greatest[parent] = max(greatest[parent], greatest[index]) }
    }
    return (0..<count).map { point in
      guard let cluster = clusterOfPoint[point] else { return 1 }
      let density = densities[point]
      guard greatest[cluster] > 0, density < greatest[cluster] else { return 0 }
      guard greatest[cluster].isFinite else { return 1 }
      return (greatest[cluster] - density) / greatest[cluster]
    }
  }
}

/// Hierarchical density-based clustering (Campello, Moulavi, Zimek & Sander 2015), with the
/// conventions of scikit-learn: a point is its own first neighbour.
///
/// What is asked of it comes back whole: labels, strengths, outlier scores, and the hierarchy from
/// which they were read. The result is a function of the points alone: not of threads, of the
/// width of the processor's vectors or of the algorithm that finds the tree; of the order of the
/// points only as ``PointSet`` and ``DistanceMatrix`` say.
public struct HDBSCAN: Sendable {
  /// How clusters are chosen from the hierarchy.
  public enum Selection: String, Sendable, CaseIterable {
    /// Of every branch the clusters of the greatest stability.
    case excessOfMass = "eom"
    /// The leaves: many small clusters.
    case leaf
  }

  /// Fewest points of a cluster; smaller splinters fall out as noise. At least 2.
  public var minimumClusterSize = 5
  /// Neighbours, the point itself included, within the core distance; nil: as many as the
  /// smallest cluster has. At least 1.
  public var minimumSamples: Int?
  public var selection = Selection.excessOfMass
  /// Clusters that split at a smaller distance than this are kept together; 0: no such distance.
  public var selectionEpsilon = 0.0
  /// Largest cluster that excess of mass may choose; nil: any.
  public var maximumClusterSize: Int?
  /// Whether all points may be one cluster.
  public var allowsSingleCluster = false
  /// Density is 1 / distance; a smaller distance counts as this one. 0: identical points are
  /// infinitely dense.
  public var smallestDistance = 0.0
  /// Threads that look for neighbours; they change no result.
  public var threads = 1

  public init() {}

  var samples: Int { minimumSamples ?? minimumClusterSize }

  private func check() {
    precondition(minimumClusterSize >= 2, "a cluster has two points at least")
    precondition(samples >= 1, "a point is its own first neighbour")
    precondition(selectionEpsilon >= 0 && smallestDistance >= 0, "distances are not negative")
    precondition(maximumClusterSize.map { $0 >= 1 } ?? true, "a size is positive")
  }

  /// Clusters points by their coordinates; in memory proportional to the points.
  public func clusters(of points: PointSet) -> DensityClusters {
    check()
    let unique = UniquePoints(points)
    let tree = unique.count > 1 ? SpanningTree(unique, samples: samples, threads: threads) : nil
    let sequence = MergeSequence(points: unique, tree: tree, samples: samples)
    return clusters(
      sequence, count: points.count, excluded: points.excluded,
      algorithm: tree?.algorithm ?? "nothing to search: at most one different point")
  }

  /// Clusters items by the distances between them; in memory proportional to the items, beyond
  /// the distances.
  public func clusters(of distances: DistanceMatrix) -> DensityClusters {
    check()
    let sequence = MergeSequence(distances, samples: samples)
    return clusters(
      sequence, count: distances.count, excluded: [:],
      algorithm: "Prim's algorithm over given distances: every pair must be looked at")
  }

  private func clusters(
    _ sequence: MergeSequence, count: Int, excluded: [Int: PointSet.Exclusion], algorithm: String
  ) -> DensityClusters {
    let hierarchy = SingleLinkage(sequence, count: count)
    let condensed = CondensedTree(
      hierarchy, minimumClusterSize: minimumClusterSize, smallestDistance: smallestDistance)
    let chosen = ClusterSelection(condensed, self)
    return DensityClusters(
      labels: chosen.labels, probabilities: chosen.probabilities,
      outlierScores: condensed.outlierScores(count: count), stabilities: chosen.stabilities,
      excluded: excluded, hierarchy: hierarchy, condensed: condensed, algorithm: algorithm)
  }
}

/// What ``HDBSCAN`` found.
public struct DensityClusters: Sendable {
  /// By point: its cluster, from 0 on; nil is noise.
  public let labels: [Int?]
  /// By point: how firmly it is in its cluster, 0 to 1; noise has 0.
  public let probabilities: [Double]
  /// By point: the outlier score GLOSH, from 0 (as dense as the densest near it) to 1. Points that
  /// were excluded have 1.
  public let outlierScores: [Double]
  /// By cluster: how long it lasts, in points times density; infinite where identical points are.
  public let stabilities: [Double]
  /// Points that have no place among the others, as their coordinates are not all finite.
  public let excluded: [Int: PointSet.Exclusion]
  /// The dendrogram.
  public let hierarchy: SingleLinkage
  public let condensed: CondensedTree
  /// How the spanning tree was found and why so, for the reader of a benchmark.
  public let algorithm: String

  public var clusterCount: Int { stabilities.count }
}

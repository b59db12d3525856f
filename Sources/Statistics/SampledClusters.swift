/// How well a partition of all items recovers true clusters of which only a sample is known.
///
/// The sampled clusters are known whole and were drawn with a probability that grows with their size, as
/// where items are drawn and the cluster of each is looked up; each is weighed by one over its size.
/// Estimators for this design: Binette et al. 2022 (arXiv 2210.01230).
public struct SampledClusters: Sendable {
  private struct Cluster {
    let size: Double
    /// Pairs of its items that are predicted.
    var found = 0.0
    /// Pairs of one of its items with an item of another cluster that are predicted.
    var extra = 0.0
    /// Over its items: the share of the predicted cluster that is of other clusters.
    var foreignShare = 0.0
    /// Over its items: the share of the true cluster that is predicted elsewhere.
    var missingShare = 0.0
  }

  private let clusters: [Cluster]

  /// - Parameters:
  ///   - sample: the true cluster of each item of the sampled clusters.
  ///   - prediction: the predicted cluster of every item there is; a sampled item that it lacks is left out.
  public init(sample: [String: String], prediction: [String: String]) {
    var sizes: [String: Int] = [:]
    for cluster in prediction.values { sizes[cluster, default: 0] += 1 }
    var members: [String: [String]] = [:]
    for (item, cluster) in sample where prediction[item] != nil {
      members[cluster, default: []].append(item)
    }
    clusters = members.sorted { $0.key < $1.key }.map { _, items in
      var parts: [String: Int] = [:]
      for item in items { parts[prediction[item] ?? "", default: 0] += 1 }
      var cluster = Cluster(size: Double(items.count))
      for (predicted, count) in parts.sorted(by: { $0.key < $1.key }) {
        let (inside, all) = (Double(count), Double(sizes[predicted] ?? count))
        cluster.found += inside * (inside - 1) / 2
        cluster.extra += inside * (all - inside)
        cluster.foreignShare += inside * (all - inside) / all
        cluster.missingShare += inside * (cluster.size - inside) / cluster.size
      }
      return cluster
    }
  }

  public var count: Int { clusters.count }

  /// Clusters of several items; those of one say nothing of recall.
  public var several: Int { clusters.count { $0.size > 1 } }

  /// Clusters predicted exactly.
  public var exact: Int { clusters.count { $0.extra == 0 && $0.missingShare == 0 } }

  /// Clusters all of whose items are predicted together.
  public var whole: Int { clusters.count { $0.size > 1 && $0.missingShare == 0 } }

  /// Clusters predicted with no item of another.
  public var pure: Int { clusters.count { $0.extra == 0 } }

  /// Share of predicted pairs that are true; a pair with an item outside counts half, since the other
  /// item's cluster would count it too.
  public var pairwisePrecision: RatioEstimate? {
    ratio({ $0.found }, { $0.found + $0.extra / 2 })
  }

  /// Share of true pairs that are predicted.
  public var pairwiseRecall: RatioEstimate? {
    ratio({ $0.found }, { $0.size * ($0.size - 1) / 2 })
  }

  /// Mean over the clusters, each counted once, of the mean share of an item's predicted cluster that
  /// truly belongs with it.
  public var clusterPrecision: RatioEstimate? {
    ratio({ 1 - $0.foreignShare / $0.size }, { _ in 1 })
  }

  /// Mean over the clusters, each counted once, of the mean share of an item's true cluster that is
  /// predicted with it.
  public var clusterRecall: RatioEstimate? {
    ratio({ 1 - $0.missingShare / $0.size }, { _ in 1 })
  }

  /// Mean share of an item's predicted cluster that truly belongs with it.
  public var bCubedPrecision: RatioEstimate? {
    ratio({ $0.size - $0.foreignShare }, { $0.size })
  }

  /// Mean share of an item's true cluster that is predicted with it.
  public var bCubedRecall: RatioEstimate? {
    ratio({ $0.size - $0.missingShare }, { $0.size })
  }

  private func ratio(
    _ numerator: (Cluster) -> Double, _ denominator: (Cluster) -> Double
  ) -> RatioEstimate? {
    RatioEstimate(
      numerators: clusters.map { numerator($0) / $0.size },
      denominators: clusters.map { denominator($0) / $0.size })
  }
}

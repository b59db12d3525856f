import DensityClustering
import Ordering

/// Families of classes: HDBSCAN over the classes' representatives, each as often as it has servers,
/// five times at most, so that a popular variant is dense and yet swallows no other.
struct BehaviourFamilies: Sendable {
  /// By class: its family.
  let families: [Int?]
  let familyCount: Int
  /// By class: how far it stands apart (GLOSH).
  let scores: [Double]
  private let distances: MixedPoints
  /// By point of the clustering: its class, and the class's family.
  private let points: [Int]

  private static let repeats = 5
  private static let smallestDistance = 1e-12

  init(_ classes: BehaviourClasses, _ table: BehaviourTable, _ parameters: ClusterParameters) {
    let width = table.timings.count
    var times: [Double] = []
    for group in classes.classes {
      for timing in 0..<width {
        let known = group.members.map { table.times[$0 * width + timing] }
          .filter { !$0.isNaN }.sorted()
        times.append(
          known.isEmpty ? .nan : (known[(known.count - 1) / 2] + known[known.count / 2]) / 2)
      }
    }
    let mixed = MixedPoints(
      count: classes.classes.count, codes: classes.classes.flatMap(\.representative), values: times,
      categoryWeight: 1, numberWeight: parameters.timingWeight, shrinkage: parameters.shrinkage)
    distances = mixed
    let points = classes.classes.indices.flatMap {
      Array(repeating: $0, count: min(Self.repeats, classes.classes[$0].members.count))
    }
    self.points = points
    var method = HDBSCAN()
    method.minimumClusterSize = parameters.minimumFamily
    method.minimumSamples = parameters.minimumSamples
    method.smallestDistance = Self.smallestDistance
    let matrix = Self.matrix(mixed, points)
    let found = method.clusters(of: matrix)
    var families = [Int?](repeating: nil, count: classes.classes.count)
    for (point, label) in zip(points, found.labels) { families[point] = label }
    self.families = families
    familyCount = found.clusterCount
    // Servers that answer alike would be infinitely dense, and all others outliers beside them: for
    // the scores they are as near as the nearest that differ.
    var nearest = Double.infinity
    for a in classes.classes.indices {
      for b in classes.classes.indices.dropFirst(a + 1) {
        let distance = mixed.distance(a, b)
        if distance > 0 { nearest = min(nearest, distance) }
      }
    }
    var scores = [Double](repeating: 0, count: classes.classes.count)
    let condensed = found.hierarchy.condensed(
      minimumClusterSize: method.minimumClusterSize,
      smallestDistance: nearest.isFinite ? nearest : Self.smallestDistance)
    for (point, score) in zip(points, condensed.outlierScores(count: points.count)) {
      scores[point] = score
    }
    self.scores = scores
  }

  private static func matrix(_ mixed: MixedPoints, _ points: [Int]) -> DistanceMatrix {
    let count = mixed.count
    var all = [Double](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in a + 1..<max(a + 1, count) {
        let distance = mixed.distance(a, b)
        all[a * count + b] = distance
        all[b * count + a] = distance
      }
    }
    let distances = all
    return DistanceMatrix(count: points.count) { point, row in
      let own = points[point] * count
      for (other, index) in points.enumerated() { row[other] = distances[own + index] }
    }
  }

  func distance(_ a: Int, _ b: Int) -> Double { distances.distance(a, b) }

  /// The nearest other class that qualifies, of equally near ones the first.
  func nearest(to index: Int, where isMeant: (Int) -> Bool) -> (index: Int, distance: Double)? {
    var best: (index: Int, distance: Double)?
    for other in families.indices where other != index && isMeant(other) {
      let distance = distance(index, other)
      if best.map({ distance < $0.distance }) ?? true { best = (other, distance) }
    }
    return best
  }

  /// Density validity and mean silhouette on the points that were clustered.
  func quality(dimensions: Int) -> (validity: Double?, silhouette: Double?) {
    let labels = points.map { families[$0] }
    let matrix = Self.matrix(distances, points)
    return (
      PartitionQuality.densityValidity(
        matrix, labels: labels, dimensions: Double(max(1, dimensions))),
      PartitionQuality.meanSilhouette(matrix, labels: labels)
    )
  }
}

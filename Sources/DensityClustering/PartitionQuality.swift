/// How well a partition fits the distances, without a truth to compare it with.
public enum PartitionQuality {
  /// Density-based cluster validity (Moulavi, Jaskowiak, Campello, Zimek & Sander 2014): from -1
  /// to 1, greater where clusters are denser inside than between. Nil with fewer than two clusters.
  ///
  /// A point at the place of another is infinitely dense: its core distance is 0.
  /// - Parameters:
  ///   - labels: nil is noise, which counts as ill placed.
  ///   - dimensions: of the space; of mixed data the number of features.
  public static func densityValidity(
    _ distances: DistanceMatrix, labels: [Int?], dimensions: Double
  ) -> Double? {
    let clusters = members(labels).map { Inside($0, distances, dimensions) }
    guard clusters.count > 1 else { return nil }
    var separation = [Double](repeating: .infinity, count: clusters.count)
    var row = [Double](repeating: 0, count: distances.count)
    for (index, cluster) in clusters.enumerated() {
      for a in cluster.inner {
        row.withUnsafeMutableBufferPointer { distances.fill(cluster.members[a], $0) }
        for (other, second) in clusters.enumerated() where other != index {
          for b in second.inner {
            let reach = max(row[second.members[b]], max(cluster.core[a], second.core[b]))
            separation[index] = min(separation[index], reach)
          }
        }
      }
    }
    var sum = 0.0
    for (cluster, separation) in zip(clusters, separation) {
      let greatest = max(separation, cluster.sparseness)
      guard greatest > 0 else { continue }
      let validity =
        greatest.isInfinite
        ? (separation.isInfinite && cluster.sparseness.isInfinite
          ? 0 : separation.isInfinite ? 1 : -1)
        : (separation - cluster.sparseness) / greatest
      sum += validity * Double(cluster.members.count) / Double(labels.count)
    }
    return sum
  }

  /// Mean silhouette (Rousseeuw 1987) of the points in clusters; noise is left out. Nil with fewer
  /// than two clusters.
  public static func meanSilhouette(_ distances: DistanceMatrix, labels: [Int?]) -> Double? {
    let clusters = members(labels)
    guard clusters.count > 1 else { return nil }
    var row = [Double](repeating: 0, count: distances.count)
    var sum = 0.0
    var counted = 0
    for (index, cluster) in clusters.enumerated() {
      for point in cluster {
        counted += 1
        guard cluster.count > 1 else { continue }
        row.withUnsafeMutableBufferPointer { distances.fill(point, $0) }
        func mean(_ others: [Int], _ divisor: Int) -> Double {
          others.reduce(0.0) { $0 + row[$1] } / Double(divisor)
        }
        let own = mean(cluster, cluster.count - 1)
        var nearest = Double.infinity
        for (other, second) in clusters.enumerated() where other != index {
          nearest = min(nearest, mean(second, second.count))
        }
        let greatest = max(own, nearest)
        if greatest > 0, greatest.isFinite { sum += (nearest - own) / greatest }
      }
    }
    return sum / Double(counted)
  }

  private static func members(_ labels: [Int?]) -> [[Int]] {
    var members: [[Int]] = []
    for (point, label) in labels.enumerated() {
      guard let label else { continue }
      while members.count <= label { members.append([]) }
      members[label].append(point)
    }
    return members.filter { !$0.isEmpty }
  }

  /// A cluster's spanning tree over its own points.
  private struct Inside {
    let members: [Int]
    var core: [Double] = []
    /// Points, as places in `members`, with several edges in the tree; the first if there is none.
    var inner: [Int] = []
    /// Longest edge between inner points; of all if there is none.
    var sparseness = 0.0

    init(_ members: [Int], _ distances: DistanceMatrix, _ dimensions: Double) {
      self.members = members
      let count = members.count
      var row = [Double](repeating: 0, count: distances.count)
      func fill(_ place: Int) {
        row.withUnsafeMutableBufferPointer { distances.fill(members[place], $0) }
      }
      for place in 0..<count {
        fill(place)
        core.append(
          Self.core(members.indices.filter { $0 != place }.map { row[members[$0]] }, dimensions))
      }
      var nearest = [Double](repeating: .infinity, count: count)
      var parent = [Int](repeating: 0, count: count)
      var waiting = Array(1..<max(1, count))
      var edges: [(Int, Int, Double)] = []
      var last = 0
      while !waiting.isEmpty {
        fill(last)
        var best = 0
        for (index, place) in waiting.enumerated() {
          let reach = max(row[members[place]], max(core[last], core[place]))
          // Of equal edges that from the first point, so that there is one tree.
          if reach < nearest[place] || (reach == nearest[place] && last < parent[place]) {
            nearest[place] = reach
            parent[place] = last
          }
          if nearest[place] < nearest[waiting[best]] { best = index }
        }
        last = waiting.remove(at: best)
        edges.append((parent[last], last, nearest[last]))
      }
      var degree = [Int](repeating: 0, count: count)
      for (a, b, _) in edges {
        degree[a] += 1
        degree[b] += 1
      }
      inner = members.indices.filter { degree[$0] > 1 }
      if inner.isEmpty { inner = [0] }
      let between = edges.filter { degree[$0.0] > 1 && degree[$0.1] > 1 }
      sparseness = (between.isEmpty ? edges : between).map(\.2).max() ?? 0
    }

    /// The mean of the distances to the power of minus the dimensions, as a distance again.
    private static func core(_ distances: [Double], _ dimensions: Double) -> Double {
      guard let least = distances.min(), least > 0, least.isFinite else {
        return distances.min() ?? 0
      }
      let sum = distances.reduce(0.0) { $0 + Power.raise(least / $1, dimensions) }
      return least * Power.raise(sum / Double(distances.count), -1 / dimensions)
    }
  }
}

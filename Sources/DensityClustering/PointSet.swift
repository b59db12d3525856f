/// Points by their coordinates, and the metric between them.
///
/// The order of the points decides nothing: they are put into the order of their coordinates first.
/// Only which of several identical points is named first can follow from it.
public struct PointSet: Sendable {
  public enum Metric: String, Sendable, CaseIterable {
    case euclidean
    case manhattan
  }

  /// Why a point is left out.
  public enum Exclusion: Sendable, Equatable {
    /// A coordinate is not known.
    case missing
    /// A coordinate is infinite, and none is missing.
    case infinite
  }

  public let count: Int
  public let dimensions: Int
  public let metric: Metric
  /// Row by row.
  let coordinates: [Double]
  let excluded: [Int: Exclusion]

  /// - Parameters:
  ///   - coordinates: of all points, row by row; NaN where one is not known.
  ///   - dimensions: how many a point has; at least one.
  public init(coordinates: [Double], dimensions: Int, metric: Metric = .euclidean) {
    precondition(dimensions >= 1, "a point has a coordinate at least")
    precondition(coordinates.count.isMultiple(of: dimensions), "rows are of one length")
    count = coordinates.count / dimensions
    self.dimensions = dimensions
    self.metric = metric
    self.coordinates = coordinates
    var excluded: [Int: Exclusion] = [:]
    for point in 0..<count {
      let row = coordinates[point * dimensions..<(point + 1) * dimensions]
      if row.allSatisfy(\.isFinite) { continue }
      excluded[point] = row.contains(where: \.isNaN) ? .missing : .infinite
    }
    self.excluded = excluded
  }
}

/// The different points of a set, in the order of their coordinates, and who shares each.
struct UniquePoints {
  let dimensions: Int
  let metric: PointSet.Metric
  /// Row by row.
  let coordinates: [Double]
  /// Points of the set, those at one place side by side.
  let members: [Int]
  /// Where the members of each different point begin, and where the last end.
  let starts: [Int]

  var count: Int { starts.count - 1 }

  func multiplicity(_ point: Int) -> Int { starts[point + 1] - starts[point] }

  init(_ points: PointSet) {
    let dimensions = points.dimensions
    self.dimensions = dimensions
    metric = points.metric
    var order = (0..<points.count).filter { points.excluded[$0] == nil }
    var unique: [Double] = []
    var starts: [Int] = []
    points.coordinates.withUnsafeBufferPointer { all in
      func first(_ a: Int, _ b: Int) -> Int {
        for k in 0..<dimensions {
          let x = all[a * dimensions + k]
          let y = all[b * dimensions + k]
          if x != y { return x < y ? -1 : 1 }
        }
        return 0
      }
      order.sort { a, b in
        let sign = first(a, b)
        return sign == 0 ? a < b : sign < 0
      }
      unique.reserveCapacity(order.count * dimensions)
      for (position, point) in order.enumerated()
      where position == 0 || first(order[position - 1], point) != 0 {
        starts.append(position)
        unique.append(contentsOf: all[point * dimensions..<(point + 1) * dimensions])
      }
    }
    starts.append(order.count)
    coordinates = unique
    members = order
    self.starts = starts
  }
}

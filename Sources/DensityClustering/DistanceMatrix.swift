/// The distances between items, asked one pair at a time.
///
/// Where distances tie, the order of the items decides: give them in an order that means something
/// (of their ids, say), and the result is the same for any order in which they were found.
public struct DistanceMatrix: Sendable {
  public let count: Int
  private let row: @Sendable (Int, UnsafeMutableBufferPointer<Double>) -> Void

  /// - Parameter fillRow: puts the distances of an item to all items into the buffer: symmetric,
  ///   not negative, 0 to itself; infinite or NaN where a distance is not known.
  public init(
    count: Int, fillRow: @escaping @Sendable (Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    self.count = count
    row = fillRow
  }

  /// - Parameter distances: the square matrix, row by row.
  public init(_ distances: [Double], count: Int) {
    precondition(distances.count == count * count, "a distance matrix is square")
    self.init(count: count) { item, buffer in
      for other in 0..<count { buffer[other] = distances[item * count + other] }
    }
  }

  /// A row; what is not known is infinitely far.
  func fill(_ item: Int, _ buffer: UnsafeMutableBufferPointer<Double>) {
    row(item, buffer)
    for other in 0..<count where buffer[other].isNaN { buffer[other] = .infinity }
    buffer[item] = 0
  }
}

extension DistanceMatrix {
  /// The distances between points, computed when they are asked.
  public init(_ points: PointSet) {
    self.init(count: points.count) { point, buffer in
      points.coordinates.withUnsafeBufferPointer { all in
        let own = point * points.dimensions
        for other in 0..<points.count {
          var sum = 0.0
          for k in 0..<points.dimensions {
            let difference = all[own + k] - all[other * points.dimensions + k]
            sum += points.metric == .manhattan ? abs(difference) : difference * difference
          }
          buffer[other] = points.metric == .manhattan ? sum : sum.squareRoot()
        }
      }
    }
  }
}

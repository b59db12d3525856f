internal import CDistanceKernels

/// The points of a tree in single precision: they tell which pairs can be near enough at a quarter
/// of the cost of the distances, and leave the distances to double precision.
///
/// Whatever is below a limit passes: the margin covers the rounding of coordinates, products and
/// sums, fused or not. What passes in vain costs time and changes nothing.
final class PointSieve: @unchecked Sendable {
  let rows: UnsafeMutablePointer<Float>
  let groups: UnsafeMutablePointer<Float>
  /// By position, padded to whole groups.
  let halves: UnsafeMutablePointer<Float>
  private let dimensions: Int
  /// From keys to squares of the scaled coordinates.
  let scale: Double

  /// Coordinates that fewer of are compared as fast in double precision.
  private static let leastDimensions = 8
  /// Spreads beyond these have squares that single precision or the scale cannot hold.
  private static let spreads = 1e-100...1e100

  /// Nil where nothing would be gained, or a spread is out of range.
  init?(_ tree: PointTree) {
    guard tree.dimensions >= Self.leastDimensions, !tree.isManhattan else { return nil }
    let (count, dimensions) = (tree.count, tree.dimensions)
    var centre = [Double](repeating: 0, count: dimensions)
    for position in 0..<count {
      for k in 0..<dimensions {
        centre[k] += tree.rows[position * dimensions + k] / Double(count)
      }
    }
    var spread = 0.0
    for position in 0..<count {
      for k in 0..<dimensions {
        spread = max(spread, abs(tree.rows[position * dimensions + k] - centre[k]))
      }
    }
    guard Self.spreads.contains(spread) else { return nil }
    // A power of two, so that scaling rounds nothing.
    let factor = Double(sign: .plus, exponent: -spread.exponent, significand: 1)
    scale = factor * factor
    self.dimensions = dimensions
    let padded = (count + distanceLanes - 1) / distanceLanes * distanceLanes
    rows = .allocate(capacity: count * dimensions)
    groups = .allocate(capacity: padded * dimensions)
    groups.initialize(repeating: 0, count: padded * dimensions)
    halves = .allocate(capacity: padded)
    halves.initialize(repeating: .infinity, count: padded)
    let margin = Double(2 * dimensions + 32) * Double(Float.ulpOfOne) / 2
    for position in 0..<count {
      let group = groups + position / distanceLanes * distanceLanes * dimensions
      var square = 0.0
      for k in 0..<dimensions {
        let value = Float((tree.rows[position * dimensions + k] - centre[k]) * factor)
        rows[position * dimensions + k] = value
        group[k * distanceLanes + position % distanceLanes] = value
        square += Double(value) * Double(value)
      }
      // The last term is for products too small for single precision.
      halves[position] = Float(square / 2 * (1 - margin) - 1e-30)
    }
  }

  deinit {
    rows.deallocate()
    groups.deallocate()
    halves.deallocate()
  }

  /// Places for the terms of the points of two leaves and the nearest keys of one.
  struct Scratch {
    fileprivate let queryTerms: UnsafeMutablePointer<Float>
    fileprivate let otherTerms: UnsafeMutablePointer<Float>
    fileprivate let nearest: UnsafeMutablePointer<Float>

    init(leafSize: Int) {
      queryTerms = .allocate(capacity: leafSize)
      otherTerms = .allocate(capacity: leafSize)
      nearest = .allocate(capacity: leafSize)
    }

    func deallocate() {
      queryTerms.deallocate()
      otherTerms.deallocate()
      nearest.deallocate()
    }
  }

  /// How near two leaves come.
  struct Nearest {
    /// Positions of about the nearest pair; the second is -1 where there is none.
    var query = 0
    var other = 0
    /// Of that pair.
    var key = 0.0
    /// No pair of the two leaves falls below it.
    var bound = 0.0
  }

  private func terms(
    _ range: Range<Int>, _ limits: UnsafePointer<Double>, _ terms: UnsafeMutablePointer<Float>
  ) {
    distance_sieve_terms(halves + range.lowerBound, limits, range.count, scale, terms)
  }

  private func side(_ start: Int, terms: UnsafePointer<Float>?) -> sieve_side {
    sieve_side(
      rows: rows + start * dimensions, groups: groups + start * dimensions, halves: halves + start,
      terms: terms)
  }

  /// Pairs that can be below the limit of the query or, where given, of the other.
  ///
  /// - Parameters:
  ///   - others: begins with a whole group.
  ///   - nearest: gets about the nearest pair, and a key that none of all pairs falls below.
  func pairs(
    _ queries: Range<Int>, limits: UnsafePointer<Double>, _ others: Range<Int>,
    otherLimits: UnsafePointer<Double>?, _ scratch: Scratch,
    hits: UnsafeMutablePointer<distance_hit>, nearest: inout Nearest?
  ) -> Int {
    terms(queries, limits, scratch.queryTerms)
    let groupCount = (others.count + distanceLanes - 1) / distanceLanes
    if let otherLimits {
      let padded = others.lowerBound..<others.lowerBound + groupCount * distanceLanes
      terms(padded, otherLimits, scratch.otherTerms)
    }
    var query = side(queries.lowerBound, terms: scratch.queryTerms)
    var other = side(others.lowerBound, terms: otherLimits == nil ? nil : scratch.otherTerms)
    let found = distance_sieve(
      &query, queries.count, &other, groupCount, dimensions, hits,
      nearest == nil ? nil : scratch.nearest)
    if nearest != nil {
      var best = 0
      for place in 1..<max(1, queries.count) where scratch.nearest[place] > scratch.nearest[best] {
        best = place
      }
      let half = -Double(scratch.nearest[best])
      let lane = distance_sieve_nearest(
        rows + (queries.lowerBound + best) * dimensions, &other, groupCount, dimensions)
      nearest = Nearest(
        query: queries.lowerBound + best,
        other: min(others.upperBound - 1, others.lowerBound + Int(lane)),
        bound: max(0, 2 * half / scale).nextDown)
    }
    return found
  }
}

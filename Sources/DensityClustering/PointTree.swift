internal import CDistanceKernels

/// Different points in a k-d tree, laid out so that the points of a leaf are read in one sweep.
///
/// Positions are places in the tree's order. All memory is its own; it never changes once built.
final class PointTree: @unchecked Sendable {
  let count: Int
  let dimensions: Int
  let isManhattan: Bool
  /// Points of a leaf, a multiple of the kernel's lanes; the last leaf may have fewer.
  let leafSize: Int
  /// By position: the point.
  let points: UnsafeMutablePointer<Int32>
  /// By position, row by row.
  let rows: UnsafeMutablePointer<Double>
  /// Groups of eight positions, coordinate by coordinate; unused lanes are NaN.
  let groups: UnsafeMutablePointer<Double>
  private(set) var nodes: [Node] = []
  /// By leaf, in the order of positions: its node.
  private(set) var leaves: [Int] = []
  /// By node: least and greatest coordinates.
  private var boxes: [Double] = []
  /// By node, where ``enclose()`` was called: the middle of the box, and how far a point is from it.
  private var centres: [Double] = []
  private var radii: [Double] = []

  struct Node {
    let start: Int
    let end: Int
    /// The children are the next node and this one; 0 of a leaf.
    var second = 0
    var isLeaf: Bool { second == 0 }
  }

  init(_ unique: UniquePoints, leafSize: Int) {
    count = unique.count
    dimensions = unique.dimensions
    isManhattan = unique.metric == .manhattan
    self.leafSize = leafSize
    points = .allocate(capacity: count)
    rows = .allocate(capacity: count * dimensions)
    let padded = (count + distanceLanes - 1) / distanceLanes * distanceLanes
    groups = .allocate(capacity: padded * dimensions)
    for position in 0..<count { points[position] = Int32(position) }
    unique.coordinates.withUnsafeBufferPointer { coordinates in
      guard let source = coordinates.baseAddress else { return }
      var keys = [(key: Double, point: Int32)](repeating: (0, 0), count: count)
      keys.withUnsafeMutableBufferPointer { build(0, count, source, $0) }
      groups.initialize(repeating: .nan, count: padded * dimensions)
      for position in 0..<count {
        let from = source + Int(points[position]) * dimensions
        let group = groups + position / distanceLanes * distanceLanes * dimensions
        for k in 0..<dimensions {
          rows[position * dimensions + k] = from[k]
          group[k * distanceLanes + position % distanceLanes] = from[k]
        }
      }
    }
  }

  deinit {
    points.deallocate()
    rows.deallocate()
    groups.deallocate()
  }

  /// Splits at a multiple of the leaves' size, so that every leaf but the last is full.
  private func build(
    _ start: Int, _ end: Int, _ source: UnsafePointer<Double>,
    _ keys: UnsafeMutableBufferPointer<(key: Double, point: Int32)>
  ) {
    let node = nodes.count
    nodes.append(Node(start: start, end: end))
    var widest = 0
    var spread = -1.0
    let box = boxes.count
    boxes.append(contentsOf: repeatElement(.infinity, count: dimensions))
    boxes.append(contentsOf: repeatElement(-.infinity, count: dimensions))
    boxes.withUnsafeMutableBufferPointer { boxes in
      for position in start..<end {
        let row = source + Int(points[position]) * dimensions
        for k in 0..<dimensions {
          let value = row[k]
          if value < boxes[box + k] { boxes[box + k] = value }
          if value > boxes[box + dimensions + k] { boxes[box + dimensions + k] = value }
        }
      }
      for k in 0..<dimensions where boxes[box + dimensions + k] - boxes[box + k] > spread {
        spread = boxes[box + dimensions + k] - boxes[box + k]
        widest = k
      }
    }
    let leafCount = (end - start + leafSize - 1) / leafSize
    guard leafCount > 1 else {
      leaves.append(node)
      return
    }
    let middle = start + (leafCount + 1) / 2 * leafSize
    for position in start..<end {
      let point = points[position]
      keys[position] = (source[Int(point) * dimensions + widest], point)
    }
    select(keys, start, end, middle)
    for position in start..<end { points[position] = keys[position].point }
    build(start, middle, source, keys)
    nodes[node].second = nodes.count
    build(middle, end, source, keys)
  }

  /// Puts the smallest before the middle, by key and then by point.
  private func select(
    _ keys: UnsafeMutableBufferPointer<(key: Double, point: Int32)>, _ start: Int, _ end: Int,
    _ middle: Int
  ) {
    func precedes(_ a: (key: Double, point: Int32), _ b: (key: Double, point: Int32)) -> Bool {
      a.key != b.key ? a.key < b.key : a.point < b.point
    }
    var low = start
    var high = end - 1
    while low < high {
      let pivot = keys[low + (high - low) / 2]
      var i = low
      var j = high
      while i <= j {
        while precedes(keys[i], pivot) { i += 1 }
        while precedes(pivot, keys[j]) { j -= 1 }
        if i <= j {
          keys.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j { high = j } else if middle >= i { low = i } else { return }
    }
  }

  // MARK: Bounds
  //
  // A bound is summed as the kernel sums, from terms that are not greater: rounding keeps the
  // order, so no computed distance is below its bound.

  /// Least key between the boxes of two nodes.
  func bound(_ a: Int, _ b: Int) -> Double {
    boxes.withUnsafeBufferPointer { boxes in
      let first = a * 2 * dimensions
      let second = b * 2 * dimensions
      var sum = 0.0
      for k in 0..<dimensions {
        let gap = max(
          0,
          max(
            boxes[first + k] - boxes[second + dimensions + k],
            boxes[second + k] - boxes[first + dimensions + k]))
        sum += isManhattan ? gap : gap * gap
      }
      return sum
    }
  }

  /// Least key between a point and the box of a node.
  func bound(position: Int, _ node: Int) -> Double {
    boxes.withUnsafeBufferPointer { boxes in
      let box = node * 2 * dimensions
      let row = rows + position * dimensions
      var sum = 0.0
      for k in 0..<dimensions {
        let gap = max(0, max(boxes[box + k] - row[k], row[k] - boxes[box + dimensions + k]))
        sum += isManhattan ? gap : gap * gap
      }
      return sum
    }
  }

  /// Puts a ball around the points of every node: of many coordinates a box has corners that are far
  /// from all of its points.
  func enclose() {
    centres.reserveCapacity(nodes.count * dimensions)
    for (index, node) in nodes.enumerated() {
      let box = index * 2 * dimensions
      for k in 0..<dimensions {
        centres.append(boxes[box + k] / 2 + boxes[box + dimensions + k] / 2)
      }
      let radius = centres.withUnsafeBufferPointer { centres in
        (node.start..<node.end).reduce(0) { greatest, position in
          max(greatest, span(position, centres.baseAddress, index))
        }
      }
      radii.append(radius)
    }
  }

  private func span(_ position: Int, _ centres: UnsafePointer<Double>?, _ node: Int) -> Double {
    guard let centres else { return 0 }
    return distance_about(rows + position * dimensions, centres + node * dimensions, dimensions)
      .squareRoot()
  }

  /// Share by which a distance to a ball is taken less, for all rounding.
  private static let margin = 1e-9

  /// Least Euclidean key between a point and the ball of a node.
  func ballBound(position: Int, _ node: Int) -> Double {
    let distance = centres.withUnsafeBufferPointer { span(position, $0.baseAddress, node) }
    let gap = distance * (1 - Self.margin) - radii[node] * (1 + Self.margin)
    return gap > 0 ? gap * gap * (1 - Self.margin) : 0
  }

  /// Least Euclidean key between the points of two nodes, by their balls and their boxes.
  func spanBound(_ a: Int, _ b: Int) -> Double {
    let apart = centres.withUnsafeBufferPointer { centres in
      guard let all = centres.baseAddress else { return 0.0 }
      return distance_about(all + a * dimensions, all + b * dimensions, dimensions).squareRoot()
    }
    let gap = apart * (1 - Self.margin) - (radii[a] + radii[b]) * (1 + Self.margin)
    return max(gap > 0 ? gap * gap * (1 - Self.margin) : 0, bound(a, b))
  }

  /// The leaf that a position is in.
  func leaf(of position: Int) -> Int { position / leafSize }

  /// Key to distance.
  func distance(_ key: Double) -> Double { isManhattan ? key : key.squareRoot() }
}

/// Points that the kernel compares at a time.
let distanceLanes = 8

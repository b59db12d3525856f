/// Points in the order in which Prim's algorithm reaches them, with the distance at which each is
/// reached.
///
/// That order is the whole single-linkage hierarchy: what is connected within a distance is a run
/// of the sequence, and a merge is at the greatest distance within the run (a Cartesian tree). Of
/// points equally near the one with the smaller index comes first, so ties are resolved the same
/// way always.
struct MergeSequence {
  /// Points as the caller numbers them.
  private(set) var points: [Int] = []
  /// From the points before to this one: mutual reachability; of the first one 0.
  private(set) var distances: [Double] = []

  /// Over given distances, in the square of their number.
  init(_ matrix: DistanceMatrix, samples: Int) {
    let count = matrix.count
    guard count > 0 else { return }
    var row = [Double](repeating: 0, count: count)
    var core = [Double](repeating: 0, count: count)
    var nearest = [Double](repeating: .infinity, count: count)
    row.withUnsafeMutableBufferPointer { row in
      for item in 0..<count {
        matrix.fill(item, row)
        core[item] = OrderStatistic.smallest(row, rank: samples)
      }
      nearest.withUnsafeMutableBufferPointer { nearest in
        core.withUnsafeBufferPointer { core in
          var waiting = Array(0..<count)
          var place = 0
          var distance = 0.0
          while true {
            let item = waiting[place]
            waiting.remove(at: place)
            points.append(item)
            distances.append(distance)
            if waiting.isEmpty { break }
            matrix.fill(item, row)
            place = 0
            distance = .infinity
            for (index, other) in waiting.enumerated() {
              let reach = max(row[other], max(core[item], core[other]))
              if reach < nearest[other] { nearest[other] = reach }
              if nearest[other] < distance {
                distance = nearest[other]
                place = index
              }
            }
          }
        }
      }
    }
  }

  /// Along a spanning tree of different points, each followed by those at the same place.
  init(points unique: UniquePoints, tree: SpanningTree?, samples: Int) {
    guard unique.count > 0 else { return }
    func add(_ point: Int, _ distance: Double) {
      let members = unique.members[unique.starts[point]..<unique.starts[point + 1]]
      let core = tree?.core[point] ?? (unique.members.count < samples ? .infinity : 0)
      for (index, member) in members.enumerated() {
        points.append(member)
        distances.append(index == 0 ? distance : core)
      }
    }
    guard let tree else {
      add(0, 0)
      return
    }
    // Neighbours in the tree, those of a point side by side.
    var starts = [Int](repeating: 0, count: unique.count + 1)
    for edge in tree.edges {
      starts[edge.a + 1] += 1
      starts[edge.b + 1] += 1
    }
    for point in 0..<unique.count { starts[point + 1] += starts[point] }
    var next = starts
    var neighbours = [(point: Int, distance: Double)](
      repeating: (0, 0), count: 2 * tree.edges.count)
    for edge in tree.edges {
      neighbours[next[edge.a]] = (edge.b, edge.distance)
      next[edge.a] += 1
      neighbours[next[edge.b]] = (edge.a, edge.distance)
      next[edge.b] += 1
    }
    var reached = [Bool](repeating: false, count: unique.count)
    var frontier = NearestFirst()
    frontier.insert(0, 0)
    while let (point, distance) = frontier.removeNearest() {
      reached[point] = true
      add(point, distance)
      for (other, distance) in neighbours[starts[point]..<starts[point + 1]]
      where !reached[other] {
        frontier.insert(other, distance)
      }
    }
  }
}

/// A binary heap: the nearest first, of equally near ones that of the smaller index.
private struct NearestFirst {
  private var heap: [(distance: Double, point: Int)] = []

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    heap[a].distance != heap[b].distance
      ? heap[a].distance < heap[b].distance : heap[a].point < heap[b].point
  }

  mutating func insert(_ point: Int, _ distance: Double) {
    heap.append((distance, point))
    var place = heap.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeNearest() -> (point: Int, distance: Double)? {
    guard let top = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && precedes(child, least)
      {
        least = child
      }
      if least == place { break }
      heap.swapAt(place, least)
      place = least
    }
    return (top.point, top.distance)
  }
}

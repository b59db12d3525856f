internal import CDistanceKernels

/// Of every point its nearest other ones, and the core distance.
final class NeighbourLists: @unchecked Sendable {
  let tree: PointTree
  /// Neighbours kept.
  let length: Int
  /// By position, ascending; infinite where there are no more points.
  let keys: UnsafeMutablePointer<Double>
  let others: UnsafeMutablePointer<Int32>
  /// By position: the last key kept. Points beyond the list are at least as far.
  let limits: UnsafeMutablePointer<Double>
  /// By position.
  let core: UnsafeMutablePointer<Double>
  /// Least key between two leaves, where every pair was computed: row by row.
  private(set) var leafBounds: [Double] = []
  /// The pair of positions behind it.
  private(set) var leafPairs: [(Int32, Int32)] = []

  init(_ tree: PointTree, length: Int) {
    self.tree = tree
    self.length = length
    let padded = (tree.count + distanceLanes - 1) / distanceLanes * distanceLanes
    keys = .allocate(capacity: tree.count * length)
    keys.initialize(repeating: .infinity, count: tree.count * length)
    others = .allocate(capacity: tree.count * length)
    others.initialize(repeating: -1, count: tree.count * length)
    limits = .allocate(capacity: padded)
    limits.initialize(repeating: .infinity, count: padded)
    core = .allocate(capacity: tree.count)
    core.initialize(repeating: .infinity, count: tree.count)
  }

  deinit {
    keys.deallocate()
    others.deallocate()
    limits.deallocate()
    core.deallocate()
  }

  @inline(__always)
  private func insert(_ position: Int, _ other: Int, _ key: Double) {
    guard key < limits[position], position != other else { return }
    let list = keys + position * length
    let names = others + position * length
    var place = length - 1
    while place > 0, list[place - 1] > key {
      list[place] = list[place - 1]
      names[place] = names[place - 1]
      place -= 1
    }
    list[place] = key
    names[place] = Int32(other)
    limits[position] = list[length - 1]
  }

  /// Finds the neighbours of one leaf by descending the tree.
  /// - Returns: leaves that had to be read.
  func search(leaf: Int, hits: UnsafeMutablePointer<distance_hit>) -> Int {
    let node = tree.leaves[leaf]
    let start = tree.nodes[node].start
    let end = tree.nodes[node].end
    var greatest = Double.infinity
    var read = 0
    var stack: [(bound: Double, node: Int)] = [(0, 0)]
    func scan(_ other: Int) {
      let from = tree.nodes[other].start
      let found = distance_scan(
        tree.rows + start * tree.dimensions, end - start, tree.dimensions,
        tree.groups + from * tree.dimensions,
        (tree.nodes[other].end - from + distanceLanes - 1) / distanceLanes, limits + start, nil,
        tree.isManhattan ? 1 : 0, hits, nil)
      for hit in 0..<found {
        insert(start + Int(hits[hit].query), from + Int(hits[hit].lane), hits[hit].key)
      }
      greatest = 0
      for position in start..<end { greatest = max(greatest, limits[position]) }
      read += 1
    }
    scan(node)
    while let (bound, other) = stack.popLast() {
      guard bound < greatest, other != node else { continue }
      guard !tree.nodes[other].isLeaf else {
        scan(other)
        continue
      }
      let children = (other + 1, tree.nodes[other].second)
      let bounds = (tree.bound(node, children.0), tree.bound(node, children.1))
      if bounds.0 <= bounds.1 {
        stack.append((bounds.1, children.1))
        stack.append((bounds.0, children.0))
      } else {
        stack.append((bounds.0, children.0))
        stack.append((bounds.1, children.1))
      }
    }
    return read
  }

  /// Forgets what a trial found.
  func clear(leaf: Int) {
    let node = tree.nodes[tree.leaves[leaf]]
    for position in node.start..<node.end {
      limits[position] = .infinity
      for place in 0..<length {
        keys[position * length + place] = .infinity
        others[position * length + place] = -1
      }
    }
  }

  func searchAll(threads: Int) {
    Parallel.run(tree.leaves.count, threads: threads) { leaves in
      let hits = UnsafeMutablePointer<distance_hit>.allocate(
        capacity: self.tree.leafSize * self.tree.leafSize)
      defer { hits.deallocate() }
      for leaf in leaves { _ = self.search(leaf: leaf, hits: hits) }
    }
  }

  /// Computes every pair of points once, for both of its ends, and remembers how near any two
  /// leaves come. Pairs of leaves are taken in rounds in which each leaf has one partner.
  func computeAll(threads: Int) {
    let count = tree.leaves.count
    leafBounds = [Double](repeating: .infinity, count: count * count)
    leafPairs = [(Int32, Int32)](repeating: (-1, -1), count: count * count)
    leafBounds.withUnsafeMutableBufferPointer { bounds in
      leafPairs.withUnsafeMutableBufferPointer { pairs in
        let table = LeafTable(count: count, bounds: bounds, pairs: pairs)
        let even = count + count % 2
        for round in 0..<max(1, even - 1) {
          Parallel.run(even / 2, threads: threads) { places in
            let capacity = self.tree.leafSize * self.tree.leafSize
            let hits = UnsafeMutablePointer<distance_hit>.allocate(capacity: capacity)
            let least = UnsafeMutablePointer<Double>.allocate(capacity: self.tree.leafSize)
            defer {
              hits.deallocate()
              least.deallocate()
            }
            for place in places {
              let (a, b) = LeafTable.partners(even, round: round, place: place)
              if round == 0 {
                for leaf in [a, b] where leaf < count {
                  self.compute(leaf, leaf, table, hits, least)
                }
              }
              if a < count, b < count { self.compute(min(a, b), max(a, b), table, hits, least) }
            }
          }
        }
      }
    }
  }

  private struct LeafTable: @unchecked Sendable {
    let count: Int
    let bounds: UnsafeMutableBufferPointer<Double>
    let pairs: UnsafeMutableBufferPointer<(Int32, Int32)>

    /// The circle method: all pairs of an even number of players in rounds.
    static func partners(_ even: Int, round: Int, place: Int) -> (Int, Int) {
      let ring = even - 1
      if place == 0 { return (ring, round % max(1, ring)) }
      return ((round + place) % ring, (round - place + ring) % ring)
    }
  }

  private func compute(
    _ a: Int, _ b: Int, _ table: LeafTable, _ hits: UnsafeMutablePointer<distance_hit>,
    _ least: UnsafeMutablePointer<Double>
  ) {
    let first = tree.nodes[tree.leaves[a]]
    let second = tree.nodes[tree.leaves[b]]
    let queries = tree.rows + first.start * tree.dimensions
    let groups = tree.groups + second.start * tree.dimensions
    let groupCount = (second.end - second.start + distanceLanes - 1) / distanceLanes
    let found = distance_scan(
      queries, first.end - first.start, tree.dimensions, groups, groupCount, limits + first.start,
      a == b ? nil : limits + second.start, tree.isManhattan ? 1 : 0, hits, a == b ? nil : least)
    for hit in 0..<found {
      let x = first.start + Int(hits[hit].query)
      let y = second.start + Int(hits[hit].lane)
      insert(x, y, hits[hit].key)
      if a != b { insert(y, x, hits[hit].key) }
    }
    guard a != b else { return }
    var nearest = 0
    for query in 1..<max(1, first.end - first.start) where least[query] < least[nearest] {
      nearest = query
    }
    table.bounds[a * table.count + b] = least[nearest]
    table.bounds[b * table.count + a] = least[nearest]
    var limit = least[nearest].nextUp
    let row = queries + nearest * tree.dimensions
    let equal = distance_scan(
      row, 1, tree.dimensions, groups, groupCount, &limit, nil, tree.isManhattan ? 1 : 0, hits, nil)
    guard equal > 0 else { return }
    let pair = (Int32(first.start + nearest), Int32(second.start + Int(hits[0].lane)))
    table.pairs[a * table.count + b] = pair
    table.pairs[b * table.count + a] = pair
  }

  /// Core distances as keys: where so many points, the point itself and those at its place
  /// included, have been met.
  func measureCore(_ unique: UniquePoints, samples: Int) {
    for position in 0..<tree.count {
      var met = unique.multiplicity(Int(tree.points[position]))
      if met >= samples {
        core[position] = 0
        continue
      }
      for place in 0..<length {
        let other = others[position * length + place]
        guard other >= 0 else { break }
        met += unique.multiplicity(Int(tree.points[Int(other)]))
        if met >= samples {
          core[position] = keys[position * length + place]
          break
        }
      }
    }
  }
}

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
  /// A key that no pair between two leaves falls below, where every pair was computed: row by row.
  private(set) var leafBounds: [Double] = []
  /// A pair of positions that is about as near, and its key.
  private(set) var leafPairs: [(Int32, Int32, Double)] = []
  let sieve: PointSieve?

  init(_ tree: PointTree, length: Int) {
    self.tree = tree
    self.length = length
    sieve = PointSieve(tree)
    if sieve != nil { tree.enclose() }
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

  /// Room for what is found between two leaves.
  struct Scratch {
    let hits: UnsafeMutablePointer<distance_hit>
    let least: UnsafeMutablePointer<Double>
    let sieve: PointSieve.Scratch

    init(leafSize: Int) {
      hits = .allocate(capacity: leafSize * leafSize)
      least = .allocate(capacity: leafSize)
      sieve = PointSieve.Scratch(leafSize: leafSize)
    }

    func deallocate() {
      hits.deallocate()
      least.deallocate()
      sieve.deallocate()
    }
  }

  /// Finds the neighbours of one leaf by descending the tree.
  /// - Returns: leaves that had to be read.
  func search(leaf: Int, _ scratch: Scratch) -> Int {
    let node = tree.leaves[leaf]
    let start = tree.nodes[node].start
    let end = tree.nodes[node].end
    var greatest = Double.infinity
    var read = 0
    var stack: [(bound: Double, node: Int)] = [(0, 0)]
    func scan(_ other: Int) {
      let from = tree.nodes[other].start
      let found = pairs(start..<end, from..<tree.nodes[other].end, isOwn: other == node, scratch)
      for hit in 0..<found {
        let pair = scratch.hits[hit]
        insert(start + Int(pair.query), from + Int(pair.lane), pair.key)
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

  /// Pairs with their keys that may be below the limit of the query. In a leaf of its own nearly all
  /// are, so that nothing is to be sieved.
  private func pairs(
    _ queries: Range<Int>, _ others: Range<Int>, isOwn: Bool, _ scratch: Scratch
  ) -> Int {
    if let sieve, !isOwn {
      var nearest: PointSieve.Nearest?
      let found = sieve.pairs(
        queries, limits: limits + queries.lowerBound, others, otherLimits: nil, scratch.sieve,
        hits: scratch.hits, nearest: &nearest)
      measure(queries, others, found, scratch)
      return found
    }
    return distance_scan(
      tree.rows + queries.lowerBound * tree.dimensions, queries.count, tree.dimensions,
      tree.groups + others.lowerBound * tree.dimensions, groupCount(others),
      limits + queries.lowerBound, nil,
      tree.isManhattan ? 1 : 0, scratch.hits, nil)
  }

  private func measure(
    _ queries: Range<Int>, _ others: Range<Int>, _ count: Int, _ scratch: Scratch
  ) {
    distance_keys(
      tree.rows + queries.lowerBound * tree.dimensions,
      tree.rows + others.lowerBound * tree.dimensions, tree.dimensions, scratch.hits, count)
  }

  func searchAll(threads: Int) {
    Parallel.run(tree.leaves.count, threads: threads) { leaves in
      let scratch = Scratch(leafSize: self.tree.leafSize)
      defer { scratch.deallocate() }
      for leaf in leaves { _ = self.search(leaf: leaf, scratch) }
    }
  }

  /// Computes every pair of points once, for both of its ends, and remembers how near any two
  /// leaves come. Pairs of leaves are taken in rounds in which each leaf has one partner.
  func computeAll(threads: Int) {
    let count = tree.leaves.count
    leafBounds = [Double](repeating: .infinity, count: count * count)
    leafPairs = [(Int32, Int32, Double)](repeating: (-1, -1, 0), count: count * count)
    leafBounds.withUnsafeMutableBufferPointer { bounds in
      leafPairs.withUnsafeMutableBufferPointer { pairs in
        let table = LeafTable(count: count, bounds: bounds, pairs: pairs)
        let even = count + count % 2
        for round in 0..<max(1, even - 1) {
          Parallel.run(even / 2, threads: threads) { places in
            let scratch = Scratch(leafSize: self.tree.leafSize)
            defer { scratch.deallocate() }
            for place in places {
              let (a, b) = LeafTable.partners(even, round: round, place: place)
              if round == 0 {
                for leaf in [a, b] where leaf < count {
                  self.compute(leaf, leaf, table, scratch)
                }
              }
              if a < count, b < count { self.compute(min(a, b), max(a, b), table, scratch) }
            }
          }
        }
      }
    }
  }

  private struct LeafTable: @unchecked Sendable {
    let count: Int
    let bounds: UnsafeMutableBufferPointer<Double>
    let pairs: UnsafeMutableBufferPointer<(Int32, Int32, Double)>

    func note(_ a: Int, _ b: Int, _ nearest: PointSieve.Nearest) {
      bounds[a * count + b] = nearest.bound
      bounds[b * count + a] = nearest.bound
      guard nearest.other >= 0 else { return }
      let pair = (Int32(nearest.query), Int32(nearest.other), nearest.key)
      pairs[a * count + b] = pair
      pairs[b * count + a] = pair
    }

    /// The circle method: all pairs of an even number of players in rounds.
    static func partners(_ even: Int, round: Int, place: Int) -> (Int, Int) {
      let ring = even - 1
      if place == 0 { return (ring, round % max(1, ring)) }
      return ((round + place) % ring, (round - place + ring) % ring)
    }
  }

  private func compute(_ a: Int, _ b: Int, _ table: LeafTable, _ scratch: Scratch) {
    let first = tree.nodes[tree.leaves[a]]
    let second = tree.nodes[tree.leaves[b]]
    let (queries, others) = (first.start..<first.end, second.start..<second.end)
    let found: Int
    var nearest: PointSieve.Nearest?
    if a == b {
      found = pairs(queries, others, isOwn: true, scratch)
    } else if let sieve {
      nearest = PointSieve.Nearest()
      found = sieve.pairs(
        queries, limits: limits + first.start, others, otherLimits: limits + second.start,
        scratch.sieve, hits: scratch.hits, nearest: &nearest)
      measure(queries, others, found, scratch)
    } else {
      found = distance_scan(
        tree.rows + first.start * tree.dimensions, queries.count, tree.dimensions,
        tree.groups + second.start * tree.dimensions, groupCount(others), limits + first.start,
        limits + second.start, tree.isManhattan ? 1 : 0, scratch.hits, scratch.least)
      nearest = PointSieve.Nearest()
    }
    for hit in 0..<found {
      let x = first.start + Int(scratch.hits[hit].query)
      let y = second.start + Int(scratch.hits[hit].lane)
      insert(x, y, scratch.hits[hit].key)
      if a != b { insert(y, x, scratch.hits[hit].key) }
    }
    guard var nearest else { return }
    if sieve == nil {
      nearest = measuredNearest(queries, others, scratch)
    } else {
      scratch.hits[0].query = UInt32(nearest.query - first.start)
      scratch.hits[0].lane = UInt32(nearest.other - second.start)
      measure(queries, others, 1, scratch)
      nearest.key = scratch.hits[0].key
    }
    table.note(a, b, nearest)
  }

  /// The nearest pair by the least keys that a scan has noted.
  private func measuredNearest(
    _ queries: Range<Int>, _ others: Range<Int>, _ scratch: Scratch
  ) -> PointSieve.Nearest {
    var best = 0
    for query in 1..<max(1, queries.count) where scratch.least[query] < scratch.least[best] {
      best = query
    }
    var nearest = PointSieve.Nearest(query: queries.lowerBound + best, bound: scratch.least[best])
    var limit = nearest.bound.nextUp
    let found = distance_scan(
      tree.rows + nearest.query * tree.dimensions, 1, tree.dimensions,
      tree.groups + others.lowerBound * tree.dimensions, groupCount(others), &limit, nil,
      tree.isManhattan ? 1 : 0, scratch.hits, nil)
    nearest.other = found > 0 ? others.lowerBound + Int(scratch.hits[0].lane) : -1
    nearest.key = nearest.bound
    return nearest
  }

  private func groupCount(_ range: Range<Int>) -> Int {
    (range.count + distanceLanes - 1) / distanceLanes
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

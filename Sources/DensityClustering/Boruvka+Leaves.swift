internal import CDistanceKernels

extension Boruvka {
  /// The same search for points of a leaf together, with a sieve: other leaves are visited from near to
  /// far, and read for those points whose ball bound the best known edge leaves in question.
  func searchByLeaf(
    _ positions: ArraySlice<Int>, _ best: inout [Candidate], _ results: Results, _ sieve: PointSieve
  ) {
    let visit = LeafVisit(tree, sieve)
    defer { visit.deallocate() }
    var start = positions.startIndex
    while start < positions.endIndex {
      let leaf = tree.leaf(of: positions[start])
      let end = positions[start...].firstIndex { tree.leaf(of: $0) != leaf } ?? positions.endIndex
      let byComponent = positions[start..<end].sorted {
        component[$0] != component[$1] ? component[$0] < component[$1] : $0 < $1
      }
      start = end
      var first = 0
      while first < byComponent.count {
        let own = component[byComponent[first]]
        let last = byComponent[first...].firstIndex { component[$0] != own } ?? byComponent.count
        search(Array(byComponent[first..<last]), of: leaf, own, &best[Int(own)], results, visit)
        first = last
      }
    }
  }

  /// Points of one leaf and one component.
  private func search(
    _ all: [Int], of leaf: Int, _ own: Int32, _ best: inout Candidate, _ results: Results,
    _ visit: LeafVisit
  ) {
    let limit = best.reach
    let queries = all.filter { results.lower[$0] <= limit }
    guard let core = queries.map({ lists.core[$0] }).min() else { return }
    var nearest = [Candidate](repeating: Candidate(), count: queries.count)
    if order.isEmpty {
      let home = tree.leaves[leaf]
      var stack: [(bound: Double, node: Int)] = [(0, 0)]
      while let (bound, node) = stack.popLast() {
        guard bound <= best.reach, uniform[node] != own else { continue }
        if tree.nodes[node].isLeaf {
          read(node, for: queries, own, &best, &nearest, visit)
          continue
        }
        let children = [node + 1, tree.nodes[node].second].map { child in
          (
            bound: max(max(core, leastCore[child]), tree.spanBound(home, child)), node: child
          )
        }
        // The nearer one is read first.
        stack += children[0].bound <= children[1].bound ? children.reversed() : children
      }
    } else {
      let leaves = tree.leaves.count
      for other in order[leaf * leaves..<(leaf + 1) * leaves] {
        let apart = Int(other) == leaf ? 0 : lists.leafBounds[leaf * leaves + Int(other)]
        guard max(core, apart) <= best.reach else { break }
        let node = tree.leaves[Int(other)]
        if uniform[node] != own { read(node, for: queries, own, &best, &nearest, visit) }
      }
    }
    // Every edge up to the best one has been seen, and of those beyond it only some.
    for (query, least) in zip(queries, nearest) {
      results.lower[query] = max(results.lower[query], best.reach)
      if least.from >= 0, least.reach <= best.reach { results.found[query] = least }
    }
  }

  /// Compares the points with one leaf, a few at a time, as each edge found spares others.
  private func read(
    _ node: Int, for queries: [Int], _ own: Int32, _ best: inout Candidate,
    _ nearest: inout [Candidate], _ visit: LeafVisit
  ) {
    let range = tree.nodes[node].start..<tree.nodes[node].end
    var isPrepared = false
    var next = 0
    while next < queries.count {
      visit.clear()
      while next < queries.count, visit.count < LeafVisit.width {
        let query = queries[next]
        let bound = max(lists.core[query], leastCore[node])
        if bound <= best.reach, tree.ballBound(position: query, node) <= best.reach {
          visit.add(query, named: next)
        }
        next += 1
      }
      if visit.count == 0 { return }
      if !isPrepared {
        visit.prepare(range) { component[$0] == own }
        isPrepared = true
      }
      for hit in visit.pairs(below: best.reach.nextUp) {
        let edge = candidate(visit.position(hit), range.lowerBound + Int(hit.lane), hit.key)
        let place = visit.name(hit)
        if edge < nearest[place] { nearest[place] = edge }
        if edge < best { best = edge }
      }
    }
  }
}

/// A few points against one leaf: the sieve's places, and what is found.
final class LeafVisit {
  /// Points compared at a time.
  static let width = 4

  private let tree: PointTree
  private let sieve: PointSieve
  private let rows: UnsafeMutablePointer<Float>
  private let queryHalves: UnsafeMutablePointer<Float>
  private let terms: UnsafeMutablePointer<Float>
  private let halves: UnsafeMutablePointer<Float>
  private let limits: UnsafeMutablePointer<Double>
  private let hits: UnsafeMutablePointer<distance_hit>
  private var range = 0..<0
  private var positions: [Int] = []
  private var names: [Int] = []

  var count: Int { positions.count }

  init(_ tree: PointTree, _ sieve: PointSieve) {
    self.tree = tree
    self.sieve = sieve
    rows = .allocate(capacity: Self.width * tree.dimensions)
    queryHalves = .allocate(capacity: Self.width)
    terms = .allocate(capacity: Self.width)
    halves = .allocate(capacity: tree.leafSize)
    limits = .allocate(capacity: Self.width)
    hits = .allocate(capacity: Self.width * tree.leafSize)
  }

  func deallocate() {
    rows.deallocate()
    queryHalves.deallocate()
    terms.deallocate()
    halves.deallocate()
    limits.deallocate()
    hits.deallocate()
  }

  func clear() {
    positions.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
  }

  func add(_ position: Int, named name: Int) {
    (rows + count * tree.dimensions).update(
      from: sieve.rows + position * tree.dimensions, count: tree.dimensions)
    queryHalves[count] = sieve.halves[position]
    positions.append(position)
    names.append(name)
  }

  /// The leaf that is compared with, without the positions that are left out.
  func prepare(_ range: Range<Int>, leavingOut isLeftOut: (Int) -> Bool) {
    self.range = range
    let padded = (range.count + distanceLanes - 1) / distanceLanes * distanceLanes
    for lane in 0..<padded {
      let position = range.lowerBound + lane
      halves[lane] =
        position < range.upperBound && !isLeftOut(position) ? sieve.halves[position] : .infinity
    }
  }

  /// With their keys; all that are below the limit are among them.
  func pairs(below limit: Double) -> UnsafeBufferPointer<distance_hit> {
    for place in 0..<count { limits[place] = limit }
    distance_sieve_terms(queryHalves, limits, count, sieve.scale, terms)
    var query = sieve_side(rows: rows, groups: nil, halves: queryHalves, terms: terms)
    var other = sieve_side(
      rows: nil, groups: sieve.groups + range.lowerBound * tree.dimensions, halves: halves,
      terms: nil)
    let groupCount = (range.count + distanceLanes - 1) / distanceLanes
    let found = distance_sieve(
      &query, count, &other, groupCount, tree.dimensions, hits, nil)
    // Rows of the points are looked up by position.
    for hit in 0..<found { hits[hit].query = UInt32(positions[Int(hits[hit].query)]) }
    distance_keys(
      tree.rows, tree.rows + range.lowerBound * tree.dimensions, tree.dimensions, hits, found)
    return UnsafeBufferPointer(start: hits, count: found)
  }

  func position(_ hit: distance_hit) -> Int { Int(hit.query) }

  func name(_ hit: distance_hit) -> Int {
    positions.firstIndex(of: Int(hit.query)).map { names[$0] } ?? 0
  }
}

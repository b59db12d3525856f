internal import CDistanceKernels

/// Borůvka's algorithm: every component chooses its least edge to another, round after round.
///
/// The kept neighbours give most of these edges. One is certain where it is less than what any
/// pair that was not kept can be; only the points for which it is not are searched for.
struct Boruvka {
  /// An edge in the order that makes the tree unique.
  struct Candidate {
    var reach = Double.infinity
    var key = Double.infinity
    var low = Int32.max
    var high = Int32.max
    var from = Int32(-1)
    var to = Int32(-1)

    @inline(__always)
    static func < (a: Candidate, b: Candidate) -> Bool {
      if a.reach != b.reach { return a.reach < b.reach }
      if a.key != b.key { return a.key < b.key }
      if a.low != b.low { return a.low < b.low }
      return a.high < b.high
    }
  }

  let lists: NeighbourLists
  let tree: PointTree
  private let threads: Int
  private let count: Int
  /// By position: the component.
  private(set) var component: [Int32]
  /// By position: no edge to another component is less.
  private var lower: [Double]
  /// By position: the least edge to another component as a search found it, while it leads there.
  private var found: [Candidate]
  /// By node, or by leaf where all pairs were computed: the one component in it, or -1.
  private(set) var uniform: [Int32]
  private(set) var leastCore: [Double]
  /// By leaf, where all pairs were computed: leaves from near to far.
  private(set) var order: [Int32] = []

  init(_ lists: NeighbourLists, threads: Int) {
    self.lists = lists
    tree = lists.tree
    self.threads = threads
    count = tree.count
    component = (0..<count).map(Int32.init)
    lower = (0..<count).map { max(lists.core[$0], lists.limits[$0]) }
    found = Array(repeating: Candidate(), count: count)
    uniform = Array(repeating: -1, count: tree.nodes.count)
    leastCore = Array(repeating: .infinity, count: tree.nodes.count)
    for node in tree.nodes.indices.reversed() {
      let range = tree.nodes[node]
      if range.isLeaf {
        for position in range.start..<range.end {
          leastCore[node] = min(leastCore[node], lists.core[position])
        }
      } else {
        leastCore[node] = min(leastCore[node + 1], leastCore[range.second])
      }
    }
  }

  mutating func run() -> [SpanningTree.Edge] {
    var edges: [SpanningTree.Edge] = []
    edges.reserveCapacity(count - 1)
    var sets = Components(count: count)
    while edges.count < count - 1 {
      let before = edges.count
      let best = round(components: count - edges.count)
      for candidate in best where candidate.from >= 0 {
        guard sets.join(Int(candidate.from), Int(candidate.to)) else { continue }
        edges.append(
          SpanningTree.Edge(
            a: Int(tree.points[Int(candidate.from)]), b: Int(tree.points[Int(candidate.to)]),
            distance: tree.distance(candidate.reach)))
      }
      if edges.count == before {
        // What is left is farther apart than numbers go.
        for position in 1..<count where sets.join(0, position) {
          edges.append(
            SpanningTree.Edge(
              a: Int(tree.points[0]), b: Int(tree.points[position]), distance: .infinity))
        }
      }
      sets.number(&component)
    }
    return edges
  }

  @inline(__always)
  func candidate(_ from: Int, _ to: Int, _ key: Double) -> Candidate {
    let a = tree.points[from]
    let b = tree.points[to]
    return Candidate(
      reach: max(key, max(lists.core[from], lists.core[to])), key: key, low: min(a, b),
      high: max(a, b), from: Int32(from), to: Int32(to))
  }

  /// The least edge of every component but the largest, which the others reach.
  private mutating func round(components: Int) -> [Candidate] {
    var best = [Candidate](repeating: Candidate(), count: components)
    var sizes = [Int](repeating: 0, count: components)
    for position in 0..<count { sizes[Int(component[position])] += 1 }
    var largest = 0
    for index in 1..<components where sizes[index] > sizes[largest] { largest = index }
    let skipped = Int32(largest)
    // What is known: kept neighbours, earlier searches.
    for position in 0..<count where component[position] != skipped {
      let own = component[position]
      var least = best[Int(own)]
      if found[position].from >= 0 {
        if component[Int(found[position].to)] != own {
          if found[position] < least { least = found[position] }
        } else {
          found[position] = Candidate()
        }
      }
      let keys = lists.keys + position * lists.length
      let others = lists.others + position * lists.length
      if lists.core[position] <= least.reach {
        for place in 0..<lists.length {
          guard keys[place] <= least.reach, others[place] >= 0 else { break }
          let other = Int(others[place])
          if component[other] == own { continue }
          let edge = candidate(position, other, keys[place])
          if edge < least { least = edge }
        }
      }
      best[Int(own)] = least
    }
    seed(&best, skipped: skipped)
    let needed = (0..<count).filter { position in
      component[position] != skipped && found[position].from < 0
        && lower[position] <= best[Int(component[position])].reach
    }
    if !needed.isEmpty {
      markUniform()
      search(needed, &best)
    }
    return best
  }

  /// The nearest pair of any two leaves is an edge, and often the one that is wanted.
  private func seed(_ best: inout [Candidate], skipped: Int32) {
    let leaves = tree.leaves.count
    guard !lists.leafBounds.isEmpty else { return }
    for a in 0..<leaves {
      for b in a + 1..<max(a + 1, leaves) {
        let pair = lists.leafPairs[a * leaves + b]
        guard pair.0 >= 0 else { continue }
        let (x, y) = (component[Int(pair.0)], component[Int(pair.1)])
        guard x != y else { continue }
        let edge = candidate(Int(pair.0), Int(pair.1), pair.2)
        if x != skipped, edge < best[Int(x)] { best[Int(x)] = edge }
        if y != skipped, edge < best[Int(y)] { best[Int(y)] = edge }
      }
    }
  }

  private mutating func markUniform() {
    for node in tree.nodes.indices.reversed() {
      let range = tree.nodes[node]
      if range.isLeaf {
        let first = component[range.start]
        uniform[node] =
          (range.start..<range.end).allSatisfy { component[$0] == first } ? first : -1
      } else {
        uniform[node] =
          uniform[node + 1] == uniform[range.second] ? uniform[node + 1] : -1
      }
    }
    guard order.isEmpty, !lists.leafBounds.isEmpty else { return }
    let leaves = tree.leaves.count
    order.reserveCapacity(leaves * leaves)
    for a in 0..<leaves {
      let bounds = lists.leafBounds[a * leaves..<(a + 1) * leaves]
      order += (0..<leaves).sorted {
        let x = $0 == a ? -1 : bounds[bounds.startIndex + $0]
        let y = $1 == a ? -1 : bounds[bounds.startIndex + $1]
        return x != y ? x < y : $0 < $1
      }.map(Int32.init)
    }
  }

  /// Finds what the kept neighbours do not tell. The least edges are the same whoever searches
  /// first: a search leaves out only what is greater than an edge that is known.
  private mutating func search(_ needed: [Int], _ best: inout [Candidate]) {
    let shares = threads > 1 && needed.count > 64 ? threads : 1
    let share = (needed.count + shares - 1) / shares
    var copies = [[Candidate]](repeating: best, count: shares)
    let state = self
    lower.withUnsafeMutableBufferPointer { lower in
      found.withUnsafeMutableBufferPointer { found in
        copies.withUnsafeMutableBufferPointer { copies in
          let results = Results(lower: lower, found: found, copies: copies)
          Parallel.run(shares, threads: shares) { parts in
            for part in parts {
              var own = results.copies[part]
              results.copies[part] = []
              let some = needed[
                min(needed.count, part * share)..<min(needed.count, (part + 1) * share)]
              if let sieve = state.lists.sieve {
                state.searchByLeaf(some, &own, results, sieve)
              } else {
                state.search(some, &own, results)
              }
              results.copies[part] = own
            }
          }
        }
      }
    }
    best = copies[0]
    for copy in copies.dropFirst() {
      for index in best.indices where copy[index] < best[index] { best[index] = copy[index] }
    }
  }

  struct Results: @unchecked Sendable {
    let lower: UnsafeMutableBufferPointer<Double>
    let found: UnsafeMutableBufferPointer<Candidate>
    let copies: UnsafeMutableBufferPointer<[Candidate]>
  }

  private func search(_ positions: ArraySlice<Int>, _ best: inout [Candidate], _ results: Results) {
    let hits = UnsafeMutablePointer<distance_hit>.allocate(capacity: tree.leafSize)
    defer { hits.deallocate() }
    var stack: [(bound: Double, node: Int)] = []
    component.withUnsafeBufferPointer { component in
      for position in positions {
        let own = component[position]
        var limit = best[Int(own)]
        guard results.lower[position] <= limit.reach else { continue }
        var nearest = Candidate()
        let core = lists.core[position]
        func scan(_ node: Int) {
          let from = tree.nodes[node].start
          var greatest = limit.reach.nextUp
          let hitCount = distance_scan(
            tree.rows + position * tree.dimensions, 1, tree.dimensions,
            tree.groups + from * tree.dimensions,
            (tree.nodes[node].end - from + distanceLanes - 1) / distanceLanes, &greatest, nil,
            tree.isManhattan ? 1 : 0, hits, nil)
          for hit in 0..<hitCount {
            let other = from + Int(hits[hit].lane)
            guard component[other] != own else { continue }
            let edge = candidate(position, other, hits[hit].key)
            if edge < nearest { nearest = edge }
            if edge < limit { limit = edge }
          }
        }
        if order.isEmpty {
          stack.append((0, 0))
          while let (bound, node) = stack.popLast() {
            guard bound <= limit.reach, uniform[node] != own else { continue }
            if tree.nodes[node].isLeaf {
              scan(node)
              continue
            }
            let children = (node + 1, tree.nodes[node].second)
            let bounds = (
              max(max(core, leastCore[children.0]), tree.bound(position: position, children.0)),
              max(max(core, leastCore[children.1]), tree.bound(position: position, children.1))
            )
            if bounds.0 <= bounds.1 {
              stack.append((bounds.1, children.1))
              stack.append((bounds.0, children.0))
            } else {
              stack.append((bounds.0, children.0))
              stack.append((bounds.1, children.1))
            }
          }
        } else {
          let leaves = tree.leaves.count
          let leaf = position / tree.leafSize
          for other in order[leaf * leaves..<(leaf + 1) * leaves] {
            let isOwn = Int(other) == leaf
            let bound = isOwn ? core : max(core, lists.leafBounds[leaf * leaves + Int(other)])
            guard bound <= limit.reach else { break }
            let node = tree.leaves[Int(other)]
            if uniform[node] != own { scan(node) }
          }
        }
        best[Int(own)] = limit
        // Every edge up to the limit has been seen, and of those beyond it only some.
        results.lower[position] = max(results.lower[position], limit.reach)
        if nearest.from >= 0, nearest.reach <= limit.reach { results.found[position] = nearest }
      }
    }
  }
}

/// Sets of positions that have been joined.
private struct Components {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<count).map(Int32.init) }

  private mutating func root(_ position: Int) -> Int32 {
    var place = Int32(position)
    while parents[Int(place)] != place {
      parents[Int(place)] = parents[Int(parents[Int(place)])]
      place = parents[Int(place)]
    }
    return place
  }

  mutating func join(_ a: Int, _ b: Int) -> Bool {
    let x = root(a)
    let y = root(b)
    guard x != y else { return false }
    parents[Int(max(x, y))] = min(x, y)
    return true
  }

  /// Numbers the sets from 0 on, by their first position.
  mutating func number(_ numbers: inout [Int32]) {
    var next: Int32 = 0
    for position in parents.indices {
      let own = root(position)
      if Int(own) == position {
        numbers[position] = next
        next += 1
      } else {
        numbers[position] = numbers[Int(own)]
      }
    }
  }
}

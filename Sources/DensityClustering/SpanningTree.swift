internal import CDistanceKernels

/// The minimum spanning tree of different points under mutual reachability.
///
/// Edges are ordered by reachability, then distance, then the points' own order, so that there is
/// one such tree and every way to it ends at the same.
struct SpanningTree {
  struct Edge {
    let a: Int
    let b: Int
    /// Mutual reachability.
    let distance: Double
  }

  let edges: [Edge]
  /// By point: the core distance.
  let core: [Double]
  let algorithm: String

  /// Leaves that a trial reads to choose how to go on: a sixteenth of them, sixteen at most.
  private static let trialLeaves = 16

  /// How many times the reading for neighbours the search between clusters adds, as measured: boxes
  /// of more coordinates leave more between clusters than is there.
  private static func furtherSearch(_ dimensions: Int) -> Double { dimensions <= 4 ? 4 : 30 }

  init(_ unique: UniquePoints, samples: Int, threads: Int) {
    let small = PointTree(unique, leafSize: 32)
    let kept = max(samples, unique.dimensions <= 4 ? 8 : 16)
    var lists = NeighbourLists(small, length: min(kept, max(1, unique.count - 1)))
    // A few leaves show whether boxes keep distant points apart at all.
    let leaves = small.leaves.count
    let step = min(leaves, max(Self.trialLeaves, leaves / Self.trialLeaves))
    let trial = stride(from: 0, to: leaves, by: step).map(\.self)
    let scratch = NeighbourLists.Scratch(leafSize: small.leafSize)
    var read = 0
    for leaf in trial { read += lists.search(leaf: leaf, scratch) }
    scratch.deallocate()
    let share = Double(read) / Double(trial.count * leaves)
    // Of all pairs; the pass computes each once, and knows then how near any two leaves come.
    let search = share * (1 + Self.furtherSearch(unique.dimensions))
    let percent = "\((share * 100).rounded())% of the leaf pairs for neighbours, in a trial"
    if search > 0.5, leaves > 4 {
      let root = Int(Double(unique.count).squareRoot())
      let size = max(64, (root + distanceLanes - 1) / distanceLanes * distanceLanes)
      let length = min(max(samples, 16), max(1, unique.count - 1))
      lists = NeighbourLists(PointTree(unique, leafSize: size), length: length)
      lists.computeAll(threads: threads)
      algorithm =
        "one pass over all pairs, \(length) neighbours kept, then Borůvka: a k-d tree reads \(percent)"
    } else {
      for leaf in trial { lists.clear(leaf: leaf) }
      lists.searchAll(threads: threads)
      algorithm =
        "k-d tree, \(lists.length) neighbours kept, then Borůvka: it reads \(percent)"
    }
    lists.measureCore(unique, samples: samples)
    var boruvka = Boruvka(lists, threads: threads)
    edges = boruvka.run()
    let tree = lists.tree
    var core = [Double](repeating: .infinity, count: unique.count)
    for position in 0..<tree.count {
      core[Int(tree.points[position])] = tree.distance(lists.core[position])
    }
    self.core = core
  }
}

/// Which clusters of the condensed tree are reported, and who is in them.
struct ClusterSelection {
  let labels: [Int?]
  let probabilities: [Double]
  let stabilities: [Double]

  init(_ tree: CondensedTree, _ settings: HDBSCAN) {
    guard !tree.clusters.isEmpty else {
      labels = tree.clusterOfPoint
      probabilities = tree.densities
      stabilities = []
      return
    }
    let selected: Set<Int>
    switch settings.selection {
    case .excessOfMass:
      let chosen = Self.excessOfMass(tree, settings)
      selected =
        settings.selectionEpsilon > 0 && !tree.clusters[0].children.isEmpty && chosen != [0]
        ? Self.joined(chosen, tree, settings) : chosen
    case .leaf:
      let leaves = Set(
        tree.clusters.indices.dropFirst().filter { tree.clusters[$0].children.isEmpty })
      selected = settings.selectionEpsilon > 0 ? Self.joined(leaves, tree, settings) : leaves
    }
    let ordered = selected.sorted()
    let number = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    // The nearest selected cluster at or above each.
    var above: [Int?] = []
    for (index, cluster) in tree.clusters.enumerated() {
      above.append(selected.contains(index) ? index : cluster.parent.flatMap { above[$0] })
    }
    let root = tree.clusters[0].death
    func label(_ point: Int) -> Int? {
      guard let cluster = tree.clusterOfPoint[point], let chosen = above[cluster] else {
        return nil
      }
      guard chosen == 0 else { return chosen }
      guard selected.count == 1 else { return nil }
      // Of all points as one cluster the loose ones are noise all the same.
      let isDense =
        settings.selectionEpsilon > 0
        ? tree.densities[point] >= 1 / settings.selectionEpsilon : tree.densities[point] >= root
      return isDense ? 0 : nil
    }
    let clusterOf = tree.clusterOfPoint.indices.map(label)
    labels = clusterOf.map { $0.flatMap { number[$0] } }
    probabilities = clusterOf.enumerated().map { point, cluster in
      guard let cluster else { return 0 }
      let greatest = tree.clusters[cluster].death
      let density = tree.densities[point]
      return greatest == 0 || density.isInfinite ? 1 : min(density, greatest) / greatest
    }
    stabilities = ordered.map { tree.clusters[$0].stability }
  }

  private static func excessOfMass(_ tree: CondensedTree, _ settings: HDBSCAN) -> Set<Int> {
    var selected: Set<Int> = []
    var best = tree.clusters.map(\.stability)
    func size(_ index: Int) -> Int {
      // As scikit-learn counts the root: what it splits into.
      index > 0
        ? tree.clusters[index].size
        : tree.clusters[0].children.reduce(0) { $0 + tree.clusters[$1].size }
    }
    for index in tree.clusters.indices.reversed()
    where index > 0 || settings.allowsSingleCluster {
      let below = tree.clusters[index].children.reduce(0) { $0 + best[$1] }
      if below > best[index] || settings.maximumClusterSize.map({ size(index) > $0 }) ?? false {
        best[index] = below
      } else {
        selected.insert(index)
        var inside = tree.clusters[index].children
        while let child = inside.popLast() {
          selected.remove(child)
          inside += tree.clusters[child].children
        }
      }
    }
    return selected
  }

  /// Clusters born below the distance, replaced by the first cluster above that is born beyond it
  /// (Malzer & Baum 2020).
  private static func joined(
    _ selected: Set<Int>, _ tree: CondensedTree, _ settings: HDBSCAN
  ) -> Set<Int> {
    let epsilon = settings.selectionEpsilon
    var result: Set<Int> = []
    var processed: Set<Int> = []
    func born(_ index: Int) -> Double { 1 / tree.clusters[index].birth }
    for index in selected.sorted() {
      guard born(index) < epsilon else {
        result.insert(index)
        continue
      }
      guard !processed.contains(index) else { continue }
      var cluster = index
      while let parent = tree.clusters[cluster].parent {
        if parent == 0 {
          if settings.allowsSingleCluster { cluster = 0 }
          break
        }
        cluster = parent
        if born(parent) > epsilon { break }
      }
      result.insert(cluster)
      var inside = tree.clusters[cluster].children
      while let child = inside.popLast() {
        processed.insert(child)
        inside += tree.clusters[child].children
      }
    }
    return result
  }
}

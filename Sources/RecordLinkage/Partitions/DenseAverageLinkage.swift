/// Average linkage where most pairs are told: the same clusters as from rows, in one square table.
struct DenseAverageLinkage {
  /// Share of all pairs from which a table is the quicker way, and records that it has at most.
  static let leastShare = 0.25
  static let greatestCount = 16_384

  private let count: Int
  private let deficit: Int64
  private let table: UnsafeMutablePointer<Int64>
  private var active: [Int32]
  private var root: [Int32]
  private var size: [Int64]
  private var inverse: [Double]

  static func suits(count: Int, pairs: Int) -> Bool {
    count <= greatestCount && Double(pairs) >= leastShare * Double(count) * Double(count - 1) / 2
  }

  /// - Parameter excess: of pairs over the default, each pair once.
  static func partition(
    count: Int, deficit: Int64, excess: some Sequence<(a: Int32, b: Int32, excess: Int64)>
  ) -> [Int] {
    var linkage = DenseAverageLinkage(count: count, deficit: deficit)
    defer { linkage.table.deallocate() }
    for (a, b, value) in excess {
      linkage.table[Int(a) * count + Int(b)] = value
      linkage.table[Int(b) * count + Int(a)] = value
    }
    linkage.merge()
    return (0..<count).map { record in
      var top = linkage.root[record]
      while linkage.root[Int(top)] != top { top = linkage.root[Int(top)] }
      return Int(top)
    }
  }

  private init(count: Int, deficit: Int64) {
    self.count = count
    self.deficit = deficit
    table = .allocate(capacity: max(1, count * count))
    table.initialize(repeating: 0, count: count * count)
    active = (0..<count).map { Int32($0) }
    root = active
    size = [Int64](repeating: 1, count: count)
    inverse = [Double](repeating: 1, count: count)
  }

  private mutating func merge() {
    var starts = Array(active.reversed())
    var chain: [Int32] = []
    while let start = starts.popLast() {
      guard root[Int(start)] == start else { continue }
      chain.append(start)
      while let last = chain.last {
        guard let nearest = nearest(last) else {
          chain.removeLast()
          continue
        }
        if chain.count > 1, chain[chain.count - 2] == nearest {
          chain.removeLast(2)
          starts.append(merge(last, nearest))
        } else {
          chain.append(nearest)
        }
      }
    }
  }

  /// The cluster of greatest positive mean, of equal ones that with the smallest member.
  private func nearest(_ cluster: Int32) -> Int32? {
    let row = table + Int(cluster) * count
    var greatest = 0.0
    active.withUnsafeBufferPointer { active in
      inverse.withUnsafeBufferPointer { inverse in
        for other in active {
          let mean = Double(row[Int(other)]) * inverse[Int(other)]
          if mean > greatest { greatest = mean }
        }
      }
    }
    guard greatest > 0 else { return nil }
    // Only means that are close are told apart exactly.
    let close = greatest * AverageLinkage.close
    var best: Int32?
    for other in active where Double(row[Int(other)]) * inverse[Int(other)] >= close {
      guard let known = best else {
        best = other
        continue
      }
      let left = UInt64(row[Int(other)]).multipliedFullWidth(by: UInt64(size[Int(known)]))
      let right = UInt64(row[Int(known)]).multipliedFullWidth(by: UInt64(size[Int(other)]))
      // Clusters come in order of their smallest members: the first of equal ones stays.
      if (left.high, left.low) > (right.high, right.low) { best = other }
    }
    guard let best, row[Int(best)] > deficit * size[Int(cluster)] * size[Int(best)] else {
      return nil
    }
    return best
  }

  private mutating func merge(_ one: Int32, _ other: Int32) -> Int32 {
    let (kept, gone) = (Int(min(one, other)), Int(max(one, other)))
    let (sum, term) = (table + kept * count, table + gone * count)
    for column in 0..<count { sum[column] &+= term[column] }
    sum[kept] = 0
    active.removeAll { $0 == Int32(gone) }
    for row in active { table[Int(row) * count + kept] = sum[Int(row)] }
    root[gone] = Int32(kept)
    size[kept] += size[gone]
    inverse[kept] = 1 / Double(size[kept])
    return Int32(kept)
  }
}

/// Average linkage where most pairs are told: the same clusters as from rows, in one square table.
///
/// A merge changes one row only; every other row takes the merges since its last use when it is used
/// again. So no column is ever written across rows, which would cost a miss of the cache an entry. The
/// entries are whole numbers, which `Double` holds exactly, so that sums depend on no order.
package struct DenseAverageLinkage {
  /// Share of all pairs from which a table is the quicker way, and records that it has at most.
  static let leastShare = 0.25
  static let greatestCount = 16_384
  /// Share of the slots that must be gone before the table is made smaller.
  private static let worthShrinking = 0.25
  private static let lanes = 8
  private static let tile = 64

  /// Slots of the table; a slot is a cluster, in order of their smallest records.
  private var width: Int
  /// Entries from one row to the next.
  private var stride: Int
  private let deficit: Double
  private let table: UnsafeMutablePointer<Double>
  /// By slot: one over its records; 0 where its cluster is gone.
  private let inverse: UnsafeMutablePointer<Double>
  private var size: [Double]
  /// By slot: its smallest record.
  private var records: [Int32]
  private var active: Int
  /// Merges that some row may still lack, and by slot how many of them its row has.
  private var merges: [(kept: Int32, gone: Int32)] = []
  private var taken: [Int]
  private var chain: [Int32] = []
  private var starts: [Int32]
  private var root: [Int32]

  /// - Parameter greatest: most that a pair exceeds the default by.
  static func suits(count: Int, pairs: Int, greatest: Double) -> Bool {
    count <= greatestCount && Double(pairs) >= leastShare * Double(count) * Double(count - 1) / 2
      && greatest * Double(count) * Double(count) / 4 < 0x1p53
  }

  /// - Parameter excess: of pairs over the default, each pair once.
  package static func partition(
    count: Int, deficit: Int64, excess: some Sequence<(a: Int32, b: Int32, excess: Int64)>
  ) -> [Int] {
    var linkage = DenseAverageLinkage(count: count, deficit: deficit)
    defer {
      linkage.table.deallocate()
      linkage.inverse.deallocate()
    }
    linkage.fill(excess)
    linkage.mirror()
    linkage.merge()
    return (0..<count).map { record in
      var top = linkage.root[record]
      while linkage.root[Int(top)] != top { top = linkage.root[Int(top)] }
      return Int(top)
    }
  }

  private init(count: Int, deficit: Int64) {
    width = count
    stride = Self.padded(count)
    self.deficit = Double(deficit)
    table = .allocate(capacity: max(1, count * stride))
    inverse = .allocate(capacity: max(1, stride))
    inverse.initialize(repeating: 0, count: stride)
    inverse.update(repeating: 1, count: count)
    size = [Double](repeating: 1, count: count)
    root = (0..<count).map { Int32($0) }
    records = root
    starts = root.reversed()
    active = count
    taken = [Int](repeating: 0, count: count)
  }

  private static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

  /// Writes what is told at and above the diagonal, and zero for all else there: a row is made zero
  /// when it is in use, where it costs least.
  private func fill(_ excess: some Sequence<(a: Int32, b: Int32, excess: Int64)>) {
    var isZero = [Bool](repeating: false, count: width)
    func clear(_ row: Int) {
      (table + row * stride + row).initialize(repeating: 0, count: stride - row)
      isZero[row] = true
    }
    for (a, b, value) in excess {
      let row = Int(min(a, b))
      if !isZero[row] { clear(row) }
      table[row * stride + Int(max(a, b))] = Double(value)
    }
    for row in 0..<width where !isZero[row] { clear(row) }
  }

  /// Copies the entries above the diagonal below it, tile by tile.
  private func mirror() {
    for top in Swift.stride(from: 0, to: width, by: Self.tile) {
      let rows = top..<min(width, top + Self.tile)
      for left in Swift.stride(from: top, to: width, by: Self.tile) {
        let columns = left..<min(width, left + Self.tile)
        for row in rows {
          for column in columns where column > row {
            table[column * stride + row] = table[row * stride + column]
          }
        }
      }
    }
  }

  private mutating func merge() {
    while let start = starts.popLast() {
      guard inverse[Int(start)] > 0 else { continue }
      chain.append(start)
      while let last = chain.last {
        guard let nearest = nearest(last) else {
          // Nothing will ever merge with it: no later mean is above those of now.
          chain.removeLast()
          continue
        }
        if chain.count > 1, chain[chain.count - 2] == nearest {
          chain.removeLast(2)
          starts.append(merge(last, nearest))
          shrink()
        } else {
          chain.append(nearest)
        }
      }
    }
  }

  /// Lets a row take the merges that it lacks.
  private mutating func refresh(_ slot: Int) {
    let row = table + slot * stride
    merges.withUnsafeBufferPointer { merges in
      for place in taken[slot]..<merges.count {
        let (kept, gone) = merges[place]
        row[Int(kept)] += row[Int(gone)]
      }
    }
    taken[slot] = merges.count
  }

  /// The cluster of greatest positive mean, of equal ones that with the smallest member.
  private mutating func nearest(_ cluster: Int32) -> Int32? {
    refresh(Int(cluster))
    let row = table + Int(cluster) * stride
    let greatest = greatestMean(row)
    guard greatest > 0 else { return nil }
    // Only means that are close are told apart exactly.
    let close = greatest * AverageLinkage.close
    var best: Int?
    forEachMean(row, from: close) { other in
      guard let known = best else {
        best = other
        return
      }
      let left = UInt64(row[other]).multipliedFullWidth(by: UInt64(size[known]))
      let right = UInt64(row[known]).multipliedFullWidth(by: UInt64(size[other]))
      // Slots come in order of their smallest members: the first of equal ones stays.
      if (left.high, left.low) > (right.high, right.low) { best = other }
    }
    guard let best, row[best] > deficit * size[Int(cluster)] * size[best] else { return nil }
    return Int32(best)
  }

  @inline(__always)
  private func means(_ row: UnsafeMutablePointer<Double>, _ place: Int) -> SIMD8<Double> {
    UnsafeRawPointer(row + place).loadUnaligned(as: SIMD8<Double>.self)
      * UnsafeRawPointer(inverse + place).loadUnaligned(as: SIMD8<Double>.self)
  }

  private func greatestMean(_ row: UnsafeMutablePointer<Double>) -> Double {
    var greatest = SIMD8<Double>(repeating: 0)
    var place = 0
    while place < width {
      let means = means(row, place)
      greatest.replace(with: means, where: means .> greatest)
      place += Self.lanes
    }
    return greatest.max()
  }

  /// Slots whose mean is at least so much, ascending.
  private func forEachMean(
    _ row: UnsafeMutablePointer<Double>, from least: Double, _ body: (Int) -> Void
  ) {
    var place = 0
    while place < width {
      let isClose = means(row, place) .>= least
      if any(isClose) {
        for lane in 0..<Self.lanes where isClose[lane] { body(place + lane) }
      }
      place += Self.lanes
    }
  }

  /// - Returns: the slot of both.
  private mutating func merge(_ one: Int32, _ other: Int32) -> Int32 {
    let (kept, gone) = (Int(min(one, other)), Int(max(one, other)))
    refresh(kept)
    refresh(gone)
    let (sum, term) = (table + kept * stride, table + gone * stride)
    for column in 0..<width { sum[column] += term[column] }
    sum[kept] = 0
    merges.append((Int32(kept), Int32(gone)))
    taken[kept] = merges.count
    root[Int(records[gone])] = records[kept]
    size[kept] += size[gone]
    inverse[kept] = 1 / size[kept]
    inverse[gone] = 0
    active -= 1
    return Int32(kept)
  }

  /// Closes the gaps of clusters that are gone, once they are many.
  private mutating func shrink() {
    guard width > Self.tile, Double(width - active) > Self.worthShrinking * Double(width) else {
      return
    }
    let left = (0..<width).filter { inverse[$0] > 0 }
    for slot in left { refresh(slot) }
    let narrow = Self.padded(left.count)
    // Entries move to places that have been read: the table is written over itself.
    for (place, slot) in left.enumerated() {
      let (row, target) = (table + slot * stride, table + place * narrow)
      for (column, other) in left.enumerated() { target[column] = row[other] }
    }
    var slotOf = [Int32](repeating: -1, count: width)
    for (place, slot) in left.enumerated() {
      slotOf[slot] = Int32(place)
      inverse[place] = inverse[slot]
    }
    for place in left.count..<width { inverse[place] = 0 }
    size = left.map { size[$0] }
    records = left.map { records[$0] }
    chain = chain.map { slotOf[Int($0)] }
    starts = starts.compactMap { slotOf[Int($0)] >= 0 ? slotOf[Int($0)] : nil }
    taken = [Int](repeating: 0, count: left.count)
    merges.removeAll(keepingCapacity: true)
    (width, stride) = (left.count, narrow)
  }
}

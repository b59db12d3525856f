import Dispatch
import Ordering
import Statistics

/// How far the families hang on who was measured, on what was asked, and on the order of servers.
struct BehaviourStability {
  /// By family: mean of the greatest Jaccard overlaps over the resamples (Hennig 2007).
  let meanOverlaps: [Double?]
  /// Least adjusted Rand index of the families against those of another order of the servers.
  let leastAgreement: Double?

  private static let dropped = 0.2
  private static let orders = 20

  /// - Parameter threads: they change no result: every resample has its own seed and place.
  init(
    _ table: BehaviourTable, _ classes: BehaviourClasses, _ families: BehaviourFamilies,
    _ parameters: ClusterParameters, threads: Int, check: () throws -> Void
  ) throws {
    let original = Self.labels(table, classes, families)
    var sums = [Double](repeating: 0, count: families.familyCount)
    var counts = [Int](repeating: 0, count: families.familyCount)
    let overlaps = try Self.results(parameters.resamples, threads: threads, check) { index in
      Self.overlaps(original, families.familyCount, table, parameters, index: index)
    }
    for resample in overlaps {
      for (family, overlap) in resample.enumerated() {
        guard let overlap else { continue }
        sums[family] += overlap
        counts[family] += 1
      }
    }
    meanOverlaps = zip(sums, counts).map { $1 == 0 ? nil : $0 / Double($1) }
    let classed = classes.classes.flatMap(\.members).sorted()
    let agreements = try Self.results(Self.orders, threads: threads, check) { index -> Double? in
      var generator = Self.generator(parameters, "order", index)
      var servers = Array(table.servers.indices)
      generator.shuffle(&servers)
      let other = BehaviourClasses(table, servers: servers, parameters)
      let labels = Self.labels(table, other, BehaviourFamilies(other, table, parameters))
      return PartitionComparison(
        truth: classed.map { Self.part($0, original) },
        prediction: classed.map { Self.part($0, labels) }
      ).adjustedRandIndex
    }
    leastAgreement = agreements.compactMap(\.self).min()
  }

  private static func generator(
    _ parameters: ClusterParameters, _ use: String, _ index: Int
  ) -> Xoshiro256StarStar {
    // Distinct streams: the seed's own sequence, one value a use and place.
    var seeds = SplitMix64(
      seed: UInt64(truncatingIfNeeded: parameters.seed) &+ (use == "order" ? 1 << 40 : 0)
        &+ UInt64(index))
    return Xoshiro256StarStar(seed: seeds.next())
  }

  /// By server: its family.
  private static func labels(
    _ table: BehaviourTable, _ classes: BehaviourClasses, _ families: BehaviourFamilies
  ) -> [Int?] {
    var labels = [Int?](repeating: nil, count: table.servers.count)
    for (index, group) in classes.classes.enumerated() {
      for member in group.members { labels[member] = families.families[index] }
    }
    return labels
  }

  /// A server in no family is a part of its own.
  private static func part(_ server: Int, _ labels: [Int?]) -> Int { labels[server] ?? -1 - server }

  private static func overlaps(
    _ original: [Int?], _ count: Int, _ table: BehaviourTable, _ parameters: ClusterParameters,
    index: Int
  ) -> [Double?] {
    var generator = generator(parameters, "resample", index)
    func kept(_ all: Range<Int>) -> [Int] {
      var places = Array(all)
      generator.shuffle(&places)
      return places.prefix(all.count - Int(Double(all.count) * dropped)).sorted()
    }
    let servers = kept(table.servers.indices)
    let probes = kept(table.probes.indices)
    let part = table.keeping(probes: probes)
    let observed = servers.map(part.observed)
    let ordered = servers.indices.sorted {
      observed[$0] != observed[$1] ? observed[$0] > observed[$1] : $0 < $1
    }.map { servers[$0] }
    let classes = BehaviourClasses(part, servers: ordered, probes: probes.count, parameters)
    let found = labels(part, classes, BehaviourFamilies(classes, part, parameters))
    var own = [Int](repeating: 0, count: count)
    var others: [Int: Int] = [:]
    var both: [[Int]: Int] = [:]
    for server in servers {
      if let label = original[server] { own[label] += 1 }
      if let label = found[server] { others[label, default: 0] += 1 }
      if let a = original[server], let b = found[server] { both[[a, b], default: 0] += 1 }
    }
    var best = own.map { $0 > 0 ? Double?.some(0) : nil }
    for (pair, joint) in both {
      let union = own[pair[0]] + (others[pair[1]] ?? 0) - joint
      best[pair[0]] = max(best[pair[0]] ?? 0, Double(joint) / Double(union))
    }
    return best
  }

  /// Independent pieces of work, their results in order.
  private static func results<Result: Sendable>(
    _ count: Int, threads: Int, _ check: () throws -> Void,
    _ work: @Sendable (Int) -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    var start = 0
    while start < count {
      try check()
      let end = min(count, start + max(1, threads))
      let slots = Slots<Result>(end - start)
      let first = start
      DispatchQueue.concurrentPerform(iterations: end - start) { slots.set($0, work(first + $0)) }
      results += slots.values
      start = end
    }
    return results
  }

  /// Places that different threads fill, each its own.
  private final class Slots<Value: Sendable>: @unchecked Sendable {
    private let slots: UnsafeMutablePointer<Value?>
    private let count: Int

    init(_ count: Int) {
      self.count = count
      slots = .allocate(capacity: count)
      slots.initialize(repeating: nil, count: count)
    }

    deinit {
      slots.deinitialize(count: count)
      slots.deallocate()
    }

    func set(_ place: Int, _ value: Value) { slots[place] = value }
    var values: [Value] { (0..<count).compactMap { slots[$0] } }
  }
}

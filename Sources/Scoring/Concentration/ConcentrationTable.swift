import Artifact
import Digests
import Ordering
import Records
import Statistics

/// How concentrated the network is over operators, autonomous systems, countries and software, each with
/// the interval of an operator-level bootstrap, and with what is not known taken at its extremes.
struct ConcentrationTable {
  /// Probability with which the interval is to hold the value.
  private static let confidence = 0.9
  /// Shares of a whole that whoever controls so much can stop or rule: a third and a half, as
  /// Srinivasan and Lee (2017), Quantifying decentralization, count the fewest that hold them.
  private static let (third, half) = (0.33, 0.5)

  /// One thing that is counted, so many times: its operator and its unit (nil: unknown).
  struct Item {
    let operatorID: String
    let unit: String?
    var count = 1
  }

  /// What the counts of one unit and weighting may be otherwise.
  struct Doubts {
    /// Unit of each item, in the order of the items, under each other partition into operators.
    var partitions: [[String?]] = []
    /// Servers that nobody named, as estimated.
    var unseen = 0
  }

  let parameters: ScoreParameters

  func rows(
    unit: String, weighting: String, _ items: [Item], _ doubts: Doubts = Doubts()
  ) throws -> [ConcentrationIndex] {
    let known = items.filter { $0.unit != nil && $0.count > 0 }
    let counts = Self.counts(known)
    let total = try Statistics.Concentration(counts: counts)
    let all = items.reduce(0) { $0 + $1.count }
    let observations = known.reduce(0) { $0 + $1.count }
    let clusters = Clusters(known, areOperatorUnits: unit.hasPrefix("operator"))
    let intervals = try intervals(clusters, "\(unit)|\(weighting)")
    let linkage = try doubts.partitions.map { partition in
      try Statistics.Concentration(
        counts: Self.counts(
          zip(items, partition).map { Item(operatorID: "", unit: $1, count: $0.count) }))
    }
    let unseen = try Self.extremes(counts, doubts.unseen)
    let unknown = try Self.extremes(counts, all - observations)
    return Self.indices.enumerated().map { index, entry in
      let band = Self.range(linkage.isEmpty ? [] : linkage + [total], entry.1)
      let ofUnseen = Self.range(unseen, entry.1)
      let ofUnknown = Self.range(unknown, entry.1)
      return ConcentrationIndex(unit: unit, weighting: weighting, index: entry.0).with {
        $0.value = entry.1(total)
        $0.interval = Self.kind(intervals, index, of: $0.value)
        if $0.interval == .corrected, let interval = intervals?[index] {
          ($0.low, $0.high) = (interval.low, interval.high)
        }
        ($0.linkageLow, $0.linkageHigh) = (band?.low, band?.high)
        ($0.unseenLow, $0.unseenHigh) = (ofUnseen?.low, ofUnseen?.high)
        ($0.unknownLow, $0.unknownHigh) = (ofUnknown?.low, ofUnknown?.high)
        $0.units = total.units
        $0.observations = observations
        $0.unknownShare = all == 0 ? 0 : Double(all - observations) / Double(all)
      }
    }
  }

  /// An interval that does not hold its own value misleads, and one of no width too.
  private static func kind(
    _ intervals: [Interval?]?, _ index: Int, of value: Double?
  ) -> IndexInterval {
    guard let value else { return .undefined }
    guard let interval = intervals?[index] else { return .single }
    guard interval.low <= value, value <= interval.high else { return .oneSided }
    return interval.low == interval.high ? .constant : .corrected
  }

  private static func counts(_ items: [Item]) -> [Int] {
    var counts: [String: Int] = [:]
    for item in items { if let unit = item.unit { counts[unit, default: 0] += item.count } }
    return counts.values.sorted(by: >)
  }

  /// With so many more: each a unit of its own, and all of them the largest unit's.
  private static func extremes(
    _ counts: [Int], _ more: Int
  ) throws -> [Statistics.Concentration] {
    guard more > 0 else { return [] }
    var concentrated = counts
    if concentrated.isEmpty { concentrated = [more] } else { concentrated[0] += more }
    return [
      try Statistics.Concentration(counts: counts + [Int](repeating: 1, count: more)),
      try Statistics.Concentration(counts: concentrated),
    ]
  }

  private static func range(
    _ totals: [Statistics.Concentration], _ index: (Statistics.Concentration) -> Double?
  ) -> Interval? {
    let values = totals.compactMap(index)
    guard let low = values.min(), let high = values.max() else { return nil }
    return Interval(low: low, high: high)
  }

  private static let indices: [(String, @Sendable (Statistics.Concentration) -> Double?)] = [
    ("cr_1", { $0.concentrationRatio(1) }), ("cr_10", { $0.concentrationRatio(10) }),
    ("cr_3", { $0.concentrationRatio(3) }), ("cr_5", { $0.concentrationRatio(5) }),
    ("effective_number", { $0.effectiveNumber }), ("gini", { $0.gini }),
    ("hhi", { $0.herfindahl }), ("hhi_unbiased", { $0.unbiasedHerfindahl }),
    ("nakamoto_33", { $0.nakamoto(threshold: third).map(Double.init) }),
    ("nakamoto_50", { $0.nakamoto(threshold: half).map(Double.init) }),
    ("shannon_number", { $0.shannonNumber }),
  ]

  /// Counts of each operator by unit, units as numbers: a draw adds up thousands of them.
  private struct Clusters {
    private(set) var counts: [[(unit: Int, count: Int)]] = []
    private(set) var units = 0

    /// - Parameter areOperatorUnits: whether operators are the units. Each is then a unit of its own, so
    ///   that drawing one twice stands for two operators like it.
    init(_ items: [Item], areOperatorUnits: Bool) {
      let groups = Dictionary(grouping: items) { areOperatorUnits ? $0.unit ?? "" : $0.operatorID }
      var numbers: [String: Int] = [:]
      for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
        if areOperatorUnits {
          counts.append([(Self.own, members.reduce(0) { $0 + $1.count })])
          continue
        }
        let byUnit = Dictionary(grouping: members) { $0.unit ?? "" }
        for unit in byUnit.keys.sorted() where numbers[unit] == nil {
          numbers[unit] = numbers.count
        }
        counts.append(
          byUnit.sorted { $0.key < $1.key }.map { unit, items in
            (numbers[unit] ?? 0, items.reduce(0) { $0 + $1.count })
          })
      }
      units = numbers.count
    }

    /// Number of a unit that is counted anew each time it is drawn.
    static let own = -1
  }

  private func intervals(_ clusters: Clusters, _ name: String) throws -> [Interval?]? {
    let seed = SHA256.digest("\(parameters.seed)|score|\(name)".utf8)
    var generator = try Xoshiro256StarStar(seed: seed)
    let bootstrap = try ClusterBootstrap(
      replicates: parameters.replicates, confidence: Self.confidence,
      method: .biasCorrectedAccelerated)
    var counts: [Int] = []
    return bootstrap.intervals(clusters: clusters.counts.count, using: &generator) { draw in
      counts.removeAll(keepingCapacity: true)
      counts.append(contentsOf: repeatElement(0, count: clusters.units))
      for index in draw {
        for (unit, count) in clusters.counts[index] {
          if unit == Clusters.own { counts.append(count) } else { counts[unit] += count }
        }
      }
      let drawn = try? Statistics.Concentration(counts: counts)
      return Self.indices.map { index in drawn.flatMap { index.1($0) } }
    }
  }
}

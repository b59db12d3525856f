import Artifact
import Digests
import Records
import Statistics

/// How concentrated the network is over operators, autonomous systems, countries and software,
/// each with the band of an operator-level bootstrap.
struct ConcentrationTable {
  /// Probability with which the band is to hold the value.
  private static let confidence = 0.9
  /// Shares of a whole that whoever controls so much can stop or rule: a third and a half, as
  /// Srinivasan and Lee (2017), Quantifying decentralization, count the fewest that hold them.
  private static let (third, half) = (0.33, 0.5)

  /// One thing that is counted: its operator and its unit (nil: unknown).
  struct Item {
    let operatorID: String
    let unit: String?
  }

  let parameters: ScoreParameters

  func rows(unit: String, weighting: String, _ items: [Item]) throws -> [ConcentrationIndex] {
    let known = items.filter { $0.unit != nil }
    let counts = Dictionary(grouping: known, by: \.unit).mapValues(\.count)
    let total = try Statistics.Concentration(counts: counts.values.sorted())
    let unknown = items.isEmpty ? 0 : Double(items.count - known.count) / Double(items.count)
    let clusters = Clusters(known, areOperatorUnits: unit.hasPrefix("operator"))
    let bands = try bands(clusters, "\(unit)|\(weighting)")
    return Self.indices.enumerated().map { index, entry in
      ConcentrationIndex(unit: unit, weighting: weighting, index: entry.0).with {
        $0.value = entry.1(total)
        $0.low = bands?[index]?.low
        $0.high = bands?[index]?.high
        $0.units = total.units
        $0.observations = known.count
        $0.unknownShare = unknown
      }
    }
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
          counts.append([(Self.own, members.count)])
          continue
        }
        let byUnit = Dictionary(grouping: members) { $0.unit ?? "" }
        for unit in byUnit.keys.sorted() where numbers[unit] == nil {
          numbers[unit] = numbers.count
        }
        counts.append(
          byUnit.sorted { $0.key < $1.key }.map { (numbers[$0.key] ?? 0, $0.value.count) })
      }
      units = numbers.count
    }

    /// Number of a unit that is counted anew each time it is drawn.
    static let own = -1
  }

  private func bands(_ clusters: Clusters, _ name: String) throws -> [Interval?]? {
    let seed = SHA256.digest("\(parameters.seed)|score|\(name)".utf8)
    var generator = try Xoshiro256StarStar(seed: seed)
    let bootstrap = try ClusterBootstrap(
      replicates: parameters.replicates, confidence: Self.confidence, method: .percentile)
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

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
    let total = try concentration(of: known)
    let unknown = items.isEmpty ? 0 : Double(items.count - known.count) / Double(items.count)
    let clusters = Self.clusters(known, isOperatorUnit: unit.hasPrefix("operator"))
    return try Self.indices.map { name, value in
      let band = try band(clusters, "\(unit)|\(weighting)|\(name)", value)
      return ConcentrationIndex(unit: unit, weighting: weighting, index: name).with {
        $0.value = value(total)
        $0.low = band?.low
        $0.high = band?.high
        $0.units = total.weights.count
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

  /// Counts of one operator by unit. Where operators are the units, each is a unit of its own, so
  /// that drawing one twice stands for two operators like it.
  private static func clusters(_ items: [Item], isOperatorUnit: Bool) -> [[String?: Int]] {
    let groups = Dictionary(grouping: items) { isOperatorUnit ? $0.unit ?? "" : $0.operatorID }
    return groups.sorted { $0.key < $1.key }.map { _, members in
      if isOperatorUnit { return [nil: members.count] }
      return members.reduce(into: [:]) { $0[$1.unit, default: 0] += 1 }
    }
  }

  private func concentration(of items: [Item]) throws -> Statistics.Concentration {
    let counts = Dictionary(grouping: items, by: \.unit).mapValues(\.count)
    return try Statistics.Concentration(counts: counts.values.sorted())
  }

  private func band(
    _ clusters: [[String?: Int]], _ name: String,
    _ value: @escaping @Sendable (Statistics.Concentration) -> Double?
  ) throws -> Interval? {
    let seed = SHA256.digest("\(parameters.seed)|score|\(name)".utf8)
    var generator = try Xoshiro256StarStar(seed: seed)
    let bootstrap = try ClusterBootstrap(
      replicates: parameters.replicates, confidence: Self.confidence, method: .percentile)
    return bootstrap.interval(clusters: clusters.count, using: &generator) { draw in
      var counts: [String: Int] = [:]
      var own: [Int] = []
      for index in draw {
        for (unit, count) in clusters[index] {
          if let unit { counts[unit, default: 0] += count } else { own.append(count) }
        }
      }
      return (try? Statistics.Concentration(counts: counts.values.sorted() + own)).flatMap(value)
    }
  }
}

internal import RealModule

/// Indices of concentration of one total over units (operators, networks, countries, …).
///
/// Units of weight 0 are dropped: they are not in the market. Units of unknown identity must be
/// left out by the caller and their share reported beside the indices.
public struct Concentration: Equatable, Sendable {
  /// Units of one weight.
  public struct Run: Equatable, Sendable {
    /// Above 0.
    public let weight: Double
    public let units: Int
  }

  /// In descending order of the weights, all different: counts are small numbers that many units share,
  /// so that each index is a sum over few of them.
  public let runs: [Run]
  public let total: Double
  private let isCounted: Bool

  /// Whole counts, such as servers by operator.
  public init(counts: [Int]) throws(StatisticsError) {
    if let index = counts.firstIndex(where: { $0 < 0 }) { throw .negativeOrNotFinite(index: index) }
    self.init(sorted: counts.sorted(by: >).map(Double.init), isCounted: true)
  }

  /// Any non-negative weights, such as exposure.
  public init(weights: [Double]) throws(StatisticsError) {
    for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .negativeOrNotFinite(index: index)
    }
    self.init(sorted: weights.sorted(by: >), isCounted: false)
  }

  private init(sorted weights: [Double], isCounted: Bool) {
    var runs: [Run] = []
    for weight in weights where weight > 0 {
      if let last = runs.last, last.weight == weight {
        runs[runs.count - 1] = Run(weight: weight, units: last.units + 1)
      } else {
        runs.append(Run(weight: weight, units: 1))
      }
    }
    self.runs = runs
    self.isCounted = isCounted
    total = Self.sum(runs) { $0.weight }
  }

  /// Σ over units, with the error of rounding carried along.
  private static func sum(_ runs: [Run], _ value: (Run) -> Double) -> Double {
    var sum = NeumaierSum()
    for run in runs { sum.add(Double(run.units) * value(run)) }
    return sum.value
  }

  private func sumOfShares(_ value: (Double) -> Double) -> Double {
    Self.sum(runs) { value($0.weight / total) }
  }

  /// Units of weight above 0.
  public var units: Int { runs.reduce(0) { $0 + $1.units } }

  /// Shares in descending order; they sum to 1.
  public var shares: [Double] {
    runs.flatMap { [Double](repeating: $0.weight / total, count: $0.units) }
  }

  /// Herfindahl–Hirschman index, sum of squared shares: 1/n … 1. nil without units.
  public var herfindahl: Double? { runs.isEmpty ? nil : sumOfShares { $0 * $0 } }

  /// Chance that two distinct draws fall in one unit, Σ n(n-1) / N(N-1); counts of at least 2 only.
  public var unbiasedHerfindahl: Double? {
    guard isCounted, total >= 2 else { return nil }
    return Self.sum(runs) { $0.weight * ($0.weight - 1) } / (total * (total - 1))
  }

  /// Number of equal units with the same HHI: 1 / HHI.
  public var effectiveNumber: Double? { herfindahl.map { 1 / $0 } }

  /// Hill number of order 1: exp of Shannon's entropy in nats.
  public var shannonNumber: Double? {
    runs.isEmpty ? nil : Double.exp(-sumOfShares { $0 * Double.log($0) })
  }

  /// Fewest units that together hold strictly more than `threshold` (0..<1) of the total.
  public func nakamoto(threshold: Double) -> Int? {
    var held = NeumaierSum()
    var units = 0
    for run in runs {
      for _ in 0..<run.units {
        held.add(run.weight)
        units += 1
        if held.value > threshold * total { return units }
      }
    }
    return nil
  }

  /// Gini coefficient over the units present: Σ|p_i - p_j| / (2 n Σp), 0 … 1-1/n.
  public var gini: Double? {
    guard !runs.isEmpty else { return nil }
    let count = units
    var ranked = NeumaierSum()
    var before = 0
    for run in runs {
      // Σ (n - 1 - 2i) over the run's ranks i.
      let rank = run.units * (count - 2 * before - run.units)
      ranked.add(Double(rank) * run.weight)
      before += run.units
    }
    return ranked.value / (Double(count) * total)
  }

  /// CR_k: share of the `count` largest units.
  public func concentrationRatio(_ count: Int) -> Double? {
    guard !runs.isEmpty else { return nil }
    var left = max(count, 0)
    var held = NeumaierSum()
    for run in runs where left > 0 {
      held.add(Double(min(left, run.units)) * run.weight)
      left -= min(left, run.units)
    }
    return held.value / total
  }
}

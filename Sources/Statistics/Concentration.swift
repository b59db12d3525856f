internal import RealModule

/// Indices of concentration of one total over units (operators, networks, countries, …).
///
/// Units of weight 0 are dropped: they are not in the market. Units of unknown identity must be
/// left out by the caller and their share reported beside the indices.
public struct Concentration: Equatable, Sendable {
  /// Weights in descending order, all above 0.
  public let weights: [Double]
  public let total: Double
  private let isCounted: Bool

  /// Whole counts, such as servers by operator.
  public init(counts: [Int]) throws(StatisticsError) {
    try self.init(weights: counts.map(Double.init), isCounted: true)
  }

  /// Any non-negative weights, such as exposure.
  public init(weights: [Double]) throws(StatisticsError) {
    try self.init(weights: weights, isCounted: false)
  }

  private init(weights: [Double], isCounted: Bool) throws(StatisticsError) {
    for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .negativeOrNotFinite(index: index)
    }
    self.weights = weights.filter { $0 > 0 }.sorted(by: >)
    self.isCounted = isCounted
    total = self.weights.compensatedSum()
  }

  /// Shares in descending order; they sum to 1.
  public var shares: [Double] { weights.map { $0 / total } }

  /// Herfindahl–Hirschman index, sum of squared shares: 1/n … 1. nil without units.
  public var herfindahl: Double? {
    weights.isEmpty ? nil : shares.map { $0 * $0 }.compensatedSum()
  }

  /// Chance that two distinct draws fall in one unit, Σ n(n-1) / N(N-1); counts of at least 2 only.
  public var unbiasedHerfindahl: Double? {
    guard isCounted, total >= 2 else { return nil }
    return weights.map { $0 * ($0 - 1) }.compensatedSum() / (total * (total - 1))
  }

  /// Number of equal units with the same HHI: 1 / HHI.
  public var effectiveNumber: Double? { herfindahl.map { 1 / $0 } }

  /// Hill number of order 1: exp of Shannon's entropy in nats.
  public var shannonNumber: Double? {
    guard !weights.isEmpty else { return nil }
    return Double.exp(-shares.map { $0 * Double.log($0) }.compensatedSum())
  }

  /// Fewest units that together hold strictly more than `threshold` (0..<1) of the total.
  public func nakamoto(threshold: Double) -> Int? {
    var held = NeumaierSum()
    for (index, weight) in weights.enumerated() {
      held.add(weight)
      if held.value > threshold * total { return index + 1 }
    }
    return nil
  }

  /// Gini coefficient over the units present: Σ|p_i - p_j| / (2 n Σp), 0 … 1-1/n.
  public var gini: Double? {
    guard !weights.isEmpty else { return nil }
    let count = weights.count
    let ranked = weights.enumerated().map { Double(count - 1 - 2 * $0.offset) * $0.element }
    return ranked.compensatedSum() / (Double(count) * total)
  }

  /// CR_k: share of the `count` largest units.
  public func concentrationRatio(_ count: Int) -> Double? {
    weights.isEmpty ? nil : weights.prefix(max(count, 0)).compensatedSum() / total
  }
}

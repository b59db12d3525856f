/// How well scores tell positives from negatives. Values equal scikit-learn's.
public struct BinaryScoring: Sendable {
  /// Score and truth, best score first; ties in the order given.
  private let ranked: [(score: Double, isPositive: Bool)]
  private let positives: Int

  /// - Parameter items: finite scores with their truth.
  public init(_ items: [(score: Double, isPositive: Bool)]) {
    ranked = items.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .map(\.element)
    positives = items.count(where: \.isPositive)
  }

  private var negatives: Int { ranked.count - positives }

  /// Area under the ROC curve: chance that a positive scores above a negative, ties counting half;
  /// nil without items of both kinds.
  public var areaUnderCurve: Double? {
    guard positives > 0, negatives > 0 else { return nil }
    var wins = 0.0
    var above = 0
    for group in groups() {
      wins += Double(group.negatives) * (Double(above) + Double(group.positives) / 2)
      above += group.positives
    }
    return wins / (Double(positives) * Double(negatives))
  }

  /// Average precision: Σ (R_n - R_{n-1}) P_n over distinct thresholds; nil without positives.
  public var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var sum = NeumaierSum()
    var hits = 0
    var seen = 0
    for group in groups() {
      hits += group.positives
      seen += group.positives + group.negatives
      sum.add(Double(group.positives) / Double(positives) * Double(hits) / Double(seen))
    }
    return sum.value
  }

  /// Share of positives among the `count` best; nil where there are none.
  public func precision(at count: Int) -> Double? {
    let best = ranked.prefix(max(0, count))
    return best.isEmpty ? nil : Double(best.count(where: \.isPositive)) / Double(best.count)
  }

  /// Brier score: mean squared difference of a probability and the truth; nil without items.
  public var brier: Double? {
    guard !ranked.isEmpty else { return nil }
    let sum = ranked.map { item in
      let difference = item.score - (item.isPositive ? 1 : 0)
      return difference * difference
    }.compensatedSum()
    return sum / Double(ranked.count)
  }

  /// Expected calibration error over `bins` bins of equal mass (Guo et al. 2017): mean over items of
  /// |mean probability - share of positives| of their bin; nil without items.
  public func calibrationError(bins: Int = 10) -> Double? {
    guard !ranked.isEmpty, bins > 0 else { return nil }
    let ascending = Array(ranked.reversed())
    var sum = NeumaierSum()
    for bin in 0..<bins {
      let items = ascending[
        (bin * ascending.count / bins)..<((bin + 1) * ascending.count / bins)]
      if items.isEmpty { continue }
      let expected = items.map(\.score).compensatedSum()
      sum.add(abs(expected - Double(items.count(where: \.isPositive))))
    }
    return sum.value / Double(ranked.count)
  }

  /// Items of equal score, best first.
  private func groups() -> [(positives: Int, negatives: Int)] {
    var groups: [(positives: Int, negatives: Int)] = []
    var last: Double?
    for item in ranked {
      if last != item.score { groups.append((0, 0)) }
      last = item.score
      if item.isPositive {
        groups[groups.count - 1].positives += 1
      } else {
        groups[groups.count - 1].negatives += 1
      }
    }
    return groups
  }
}

/// Confidence intervals of a proportion: `successes` of `trials`.
public enum BinomialInterval {
  /// Wilson 1927 score interval. With no trials: 0…1.
  public static func wilson(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) throws(StatisticsError) -> Interval {
    try check(successes, trials, confidence)
    guard trials > 0, let z = NormalDistribution.quantile((1 + confidence) / 2) else {
      return Interval(low: 0, high: 1)
    }
    let n = Double(trials)
    let share = Double(successes) / n
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let half = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      low: successes == 0 ? 0 : max(0, centre - half),
      high: successes == trials ? 1 : min(1, centre + half))
  }

  /// Clopper & Pearson 1934 exact interval. With no trials: 0…1.
  public static func clopperPearson(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) throws(StatisticsError) -> Interval {
    try check(successes, trials, confidence)
    let tail = (1 - confidence) / 2
    let k = Double(successes)
    let n = Double(trials)
    return Interval(
      low: successes == 0 ? 0 : BetaDistribution.quantile(tail, a: k, b: n - k + 1),
      high: successes == trials ? 1 : BetaDistribution.quantile(1 - tail, a: k + 1, b: n - k))
  }

  private static func check(
    _ successes: Int, _ trials: Int, _ confidence: Double
  ) throws(StatisticsError) {
    guard trials >= 0, (0...max(trials, 0)).contains(successes) else {
      throw .successes(successes, trials: trials)
    }
    guard confidence > 0, confidence < 1 else { throw .confidence(confidence) }
  }
}

internal import RealModule

/// Probabilities that a count is at least so large, as natural logarithms: exact where they are far
/// smaller than the smallest positive number.
public enum UpperTail {
  /// ln P(X >= count) for X binomial over `trials` with `probability` each.
  public static func logBinomial(atLeast count: Int, trials: Int, probability: Double) -> Double {
    guard count > 0 else { return 0 }
    guard count <= trials, probability > 0 else { return -.infinity }
    guard probability < 1 else { return 0 }
    let (n, p) = (Double(trials), probability)
    let term = { (k: Int) in
      Double.logGamma(n + 1) - Double.logGamma(Double(k) + 1) - Double.logGamma(n - Double(k) + 1)
        + Double(k) * Double.log(p) + (n - Double(k)) * Double.log(onePlus: -p)
    }
    if Double(count) > n * p {
      return term(count)
        + logSeries { (Double(trials - count - $0) / Double(count + $0 + 1)) * p / (1 - p) }
    }
    let below =
      term(count - 1)
      + logSeries { Double(count - 1 - $0) / Double(trials - count + 2 + $0) * (1 - p) / p }
    return Double.log(onePlus: -Double.exp(min(below, 0)))
  }

  /// ln P(X >= count) for X of Poisson's distribution with this mean.
  public static func logPoisson(atLeast count: Int, mean: Double) -> Double {
    guard count > 0 else { return 0 }
    guard mean > 0 else { return -.infinity }
    let term = { (k: Int) in
      Double(k) * Double.log(mean) - mean - Double.logGamma(Double(k) + 1)
    }
    if Double(count) > mean {
      return term(count) + logSeries { mean / Double(count + $0 + 1) }
    }
    let below = term(count - 1) + logSeries { Double(count - 1 - $0) / mean }
    return Double.log(onePlus: -Double.exp(min(below, 0)))
  }

  /// ln(1 + r0 + r0 r1 + …) of ratios between neighbouring terms that fall to zero.
  private static func logSeries(ratio: (Int) -> Double) -> Double {
    var sum = NeumaierSum()
    var term = 1.0
    var step = 0
    while term > 0, term > sum.value * 0x1p-60, step < 1_000_000 {
      sum.add(term)
      term *= max(0, ratio(step))
      step += 1
    }
    return Double.log(sum.value)
  }
}

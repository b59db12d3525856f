internal import RealModule

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z <= z).
  public static func cumulative(_ z: Double) -> Double {
    0.5 * Double.erfc(-z / (2.0).squareRoot())
  }

  /// z with P(Z <= z) = probability; ±infinity at 1 and 0, nil outside.
  ///
  /// Bisection on the lower tail, where `cumulative` keeps its relative precision.
  public static func quantile(_ probability: Double) -> Double? {
    guard probability >= 0, probability <= 1 else { return nil }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    if probability == 0.5 { return 0 }
    if probability > 0.5 { return quantile(1 - probability).map { -$0 } }
    var low = -40.0
    var high = 0.0
    for _ in 0..<200 where high - low > 1e-15 * low.magnitude {
      let middle = (low + high) / 2
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

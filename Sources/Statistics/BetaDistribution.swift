internal import RealModule

/// The beta distribution with positive shapes a and b.
public enum BetaDistribution {
  /// Regularised incomplete beta function I_x(a, b), by the continued fraction of DLMF 8.17.22
  /// evaluated with the modified Lentz method.
  public static func cumulative(_ x: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - cumulative(1 - x, a: b, b: a) }
    let logFront =
      Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b)
      + a * Double.log(x) + b * Double.log(onePlus: -x)
    return Double.exp(logFront) / (a * continuedFraction(x, a, b))
  }

  /// x with I_x(a, b) = probability, by bisection to the last bit.
  public static func quantile(_ probability: Double, a: Double, b: Double) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<1100 {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if cumulative(middle, a: a, b: b) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// 1 + d1/(1 + d2/(1 + …)).
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var value = 1.0
    var c = 1.0
    var d = 0.0
    for step in 1...10_000 {
      let m = Double(step / 2)
      let numerator: Double
      if step % 2 == 0 {
        numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      } else {
        numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      }
      d = 1 + numerator * d
      if d.magnitude < tiny { d = tiny }
      c = 1 + numerator / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      value *= c * d
      if (c * d - 1).magnitude < 1e-16 { break }
    }
    return value
  }
}

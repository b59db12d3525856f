internal import RealModule

/// How many of the attacker's servers are among n drawn without replacement, each draw favouring them by a
/// weight: Wallenius' non-central hypergeometric distribution (Wallenius 1963; Chesson 1976).
///
/// It is the law of drawing servers one after the other without time, where all candidates are known and
/// each of the others has a prefix of its own. The client draws otherwise: see `WalletRules`.
public struct WalleniusDistribution: Sendable, Equatable {
  public let favoured: Int
  public let others: Int
  public let draws: Int
  public let odds: Double

  /// - Parameters:
  ///   - favoured: servers with the weight `odds`, 0 or more.
  ///   - others: servers of weight 1, 0 or more.
  ///   - draws: 0…favoured + others.
  /// - Returns: nil when an argument is out of its range.
  public init?(favoured: Int, others: Int, draws: Int, odds: Double) {
    guard favoured >= 0, others >= 0, (0...(favoured + others)).contains(draws), odds > 0,
      odds.isFinite
    else { return nil }
    self.favoured = favoured
    self.others = others
    self.draws = draws
    self.odds = odds
  }

  public var support: ClosedRange<Int> { max(0, draws - others)...min(favoured, draws) }

  /// Chance of exactly `count` favoured ones: C(m₁,x) C(m₂,n−x) ∫₀¹ (1−t^(ω/D))^x (1−t^(1/D))^(n−x) dt with
  /// D = ω(m₁−x) + m₂−(n−x) (Fog 2008, Calculation methods for Wallenius' distribution, equation 7).
  public func probability(_ count: Int) -> Double {
    guard support.contains(count) else { return 0 }
    let rest = draws - count
    let left = odds * Double(favoured - count) + Double(others - rest)
    // Everything was drawn: the outcome is certain.
    guard left > 0 else { return 1 }
    let scale = Self.logBinomial(favoured, count) + Self.logBinomial(others, rest)
    // t = u^D turns the powers into u^ω and u, and the measure into D u^(D−1) du.
    return Self.integral { u in
      guard u > 0, u < 1 else { return 0 }
      let logarithm =
        scale + Double.log(left) + (left - 1) * Double.log(u)
        + Double(count) * Double.log(onePlus: -Double.pow(u, odds))
        + Double(rest) * Double.log(onePlus: -u)
      return Double.exp(logarithm)
    }
  }

  public var mean: Double {
    support.reduce(0) { $0 + Double($1) * probability($1) }
  }

  private static func logBinomial(_ n: Int, _ k: Int) -> Double {
    Double.logGamma(Double(n) + 1) - Double.logGamma(Double(k) + 1)
      - Double.logGamma(Double(n - k) + 1)
  }

  /// Tanh-sinh quadrature over 0…1 (Takahasi & Mori 1974), which is at ease with ends where the integrand
  /// is steep.
  private static func integral(_ value: (Double) -> Double) -> Double {
    let step = 1.0 / 64
    var sum = 0.0
    for index in -320...320 {
      let x = Double(index) * step
      let inner = Double.pi / 2 * Double.sinh(x)
      // The distance from the nearer end keeps its digits.
      let point = inner < 0 ? 1 / (1 + Double.exp(-2 * inner)) : 1 - 1 / (1 + Double.exp(2 * inner))
      let cosh = Double.cosh(inner)
      let weight = Double.pi / 4 * Double.cosh(x) / (cosh * cosh)
      let term = weight * value(point)
      if term.isFinite { sum += term }
    }
    return sum * step
  }
}

import RealModule

/// What is believed of a share before it is observed: a beta distribution, told as so many hits and
/// misses that would leave no more doubt. Unit: observations.
struct ShareBelief {
  let hits: Double
  let misses: Double
}

/// Evidence in a share: what a deviant's rates and what benign rates make likely, both beta-binomial.
enum BetaBinomial {
  /// ln of the Bayes factor of `x` hits of `n` for deviance. Unit: nats.
  static func logBayesFactor(
    _ x: Int, of n: Int, benign: ShareBelief, deviant: ShareBelief
  ) -> Double {
    let hits = Double(x)
    let misses = Double(n - x)
    return logBeta(hits + deviant.hits, misses + deviant.misses)
      - logBeta(deviant.hits, deviant.misses)
      - logBeta(hits + benign.hits, misses + benign.misses) + logBeta(benign.hits, benign.misses)
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    .logGamma(a) + .logGamma(b) - .logGamma(a + b)
  }
}

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

/// Evidence in tips that lag. Beliefs of the design, which nobody measured.
enum StaleTipBelief {
  /// Scans in which an honest server lags: one of 61 is expected beforehand. It was caught while it
  /// fetched blocks, or its node was stuck.
  private static let benign = ShareBelief(hits: 1, misses: 60)
  /// Scans in which a server lags that serves an old chain on purpose: it may do so always or for some
  /// clients only, so that half are expected, with little confidence.
  private static let deviant = ShareBelief(hits: 2, misses: 2)

  /// ln of the Bayes factor of so many lagging scans. Unit: nats.
  static func nats(lagging: Int, of scans: Int) -> Double {
    BetaBinomial.logBayesFactor(lagging, of: scans, benign: benign, deviant: deviant)
  }
}

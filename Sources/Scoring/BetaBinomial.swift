import RealModule

/// Evidence in a share: deviant against benign beta-binomial rates (methods 6.2).
enum BetaBinomial {
  /// ln of the Bayes factor of `x` of `n`: deviant Beta(a1, b1) against benign Beta(a0, b0).
  static func logBayesFactor(
    _ x: Int, of n: Int, benign: (a: Double, b: Double), deviant: (a: Double, b: Double)
  ) -> Double {
    let hits = Double(x)
    let misses = Double(n - x)
    return logBeta(hits + deviant.a, misses + deviant.b) - logBeta(deviant.a, deviant.b)
      - logBeta(hits + benign.a, misses + benign.b) + logBeta(benign.a, benign.b)
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    .logGamma(a) + .logGamma(b) - .logGamma(a + b)
  }
}

import Statistics
import Testing

/// Upper tails of counts.
struct UpperTailTests {
  /// Values of scipy 1.17 (binom.logsf, poisson.logsf).
  @Test func `they are scipy's`() {
    let binomial: [(Int, Int, Double, Double)] = [
      (5, 20, 0.1, -3.142505345012781), (20, 48, 0.01, -61.92270432009827),
      (3, 10, 0.5, -0.05623971832287608), (12, 12, 0.3, -14.447673651911233),
      (2, 1000, 0.01, -0.00047935932790547377),
    ]
    for (count, trials, probability, expected) in binomial {
      let found = UpperTail.logBinomial(
        atLeast: count, trials: trials, probability: probability)
      #expect(abs(found - expected) < 1e-10 * max(1, abs(expected)))
    }
    let poisson: [(Int, Double, Double)] = [
      (1, 0.2, -1.7077718009705198), (4, 0.5, -6.34721274558465), (30, 2.25, -52.5051699505996),
      (3, 7.5, -0.02046469577295142), (1, 1e-12, -27.631021115929045),
    ]
    for (count, mean, expected) in poisson {
      let found = UpperTail.logPoisson(atLeast: count, mean: mean)
      #expect(abs(found - expected) < 1e-10 * max(1, abs(expected)))
    }
  }

  @Test func `no count is certain, too large a count impossible`() {
    #expect(UpperTail.logBinomial(atLeast: 0, trials: 3, probability: 0.2) == 0)
    #expect(UpperTail.logBinomial(atLeast: 4, trials: 3, probability: 0.2) == -.infinity)
    #expect(UpperTail.logPoisson(atLeast: 0, mean: 3) == 0)
    #expect(UpperTail.logPoisson(atLeast: 1, mean: 0) == -.infinity)
  }
}

internal import RealModule

/// How many kinds there are, of which samples saw some: the bias-corrected estimator of Chao (1987) from
/// incidences, a lower bound where samples are not independent.
///
/// S = S_obs + ((m − 1) / m) Q₁ (Q₁ − 1) / (2 (Q₂ + 1)), for m samples, Q₁ kinds of exactly one of them and
/// Q₂ of two.
public struct Chao2: Equatable, Sendable {
  public let observed: Int
  public let samples: Int
  public let once: Int
  public let twice: Int

  /// - Parameter incidences: of each kind the number of samples that have it; kinds of none are dropped.
  public init(incidences: [Int], samples: Int) {
    observed = incidences.count { $0 > 0 }
    once = incidences.count { $0 == 1 }
    twice = incidences.count { $0 == 2 }
    self.samples = samples
  }

  private var factor: Double { samples > 0 ? Double(samples - 1) / Double(samples) : 0 }

  /// Kinds that no sample has, as estimated.
  public var unseen: Double {
    factor * Double(once) * Double(once - 1) / (2 * Double(twice + 1))
  }

  public var estimate: Double { Double(observed) + unseen }

  /// Log-normal interval of 95 % around the estimate, never below what was observed (Chao 1987, equation 14,
  /// with the variance of the bias-corrected form, Chao and Chiu 2016).
  public var interval: Interval {
    let (q1, q2) = (Double(once), Double(twice))
    guard unseen > 0 else { return Interval(low: Double(observed), high: Double(observed)) }
    let variance: Double
    if twice > 0 {
      let ratio = q1 / q2
      variance =
        q2
        * (factor / 2 * ratio * ratio + factor * factor * ratio * ratio * ratio
          + factor * factor / 4 * ratio * ratio * ratio * ratio)
    } else {
      variance =
        factor * q1 * (q1 - 1) / 2 + factor * factor * q1 * (2 * q1 - 1) * (2 * q1 - 1) / 4
        - factor * factor * q1 * q1 * q1 * q1 / (4 * estimate)
    }
    let spread = Double.exp(
      1.959_963_984_540_054 * Double.log(1 + max(variance, 0) / (unseen * unseen)).squareRoot())
    return Interval(
      low: Double(observed) + unseen / spread, high: Double(observed) + unseen * spread)
  }
}

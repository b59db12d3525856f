import Ordering

/// What other judgement would make of a server's score: one assumption moved at a time (a tornado).
struct ScoreSensitivity {
  /// An assumption, and the scores with it at its lower and its higher value.
  struct Bar: Equatable {
    let assumption: String
    let low: Double
    let high: Double
    let scoreAtLow: Double
    let scoreAtHigh: Double

    /// How far the assumption moves the score.
    var width: Double { abs(scoreAtHigh - scoreAtLow) }
  }

  private static let priors = (0.005, 0.05)
  private static let discounts = (0.2, 0.6)
  /// A grade may concede three times as much to innocent causes, or a third.
  private static let concession = 3.0

  let assumptions: ScoreAssumptions

  /// Widest first; of equal ones in the order of the names.
  func bars(_ hits: [IndicatorHit]) -> [Bar] {
    let supporting = assumptions.supportingOdds
    let strong = assumptions.strongOdds
    let bars = [
      bar("discount", Self.discounts, \.discount, hits),
      bar("prior", Self.priors, \.prior, hits),
      bar("strong_odds", around(strong), \.strongOdds, hits),
      bar("supporting_odds", around(supporting), \.supportingOdds, hits),
    ]
    return bars.sorted { ($1.width, $0.assumption) < ($0.width, $1.assumption) }
  }

  private func around(_ odds: Double) -> (Double, Double) {
    (odds / Self.concession, odds * Self.concession)
  }

  private func bar(
    _ name: String, _ range: (Double, Double),
    _ member: WritableKeyPath<ScoreAssumptions, Double>, _ hits: [IndicatorHit]
  ) -> Bar {
    func score(_ value: Double) -> Double {
      var moved = assumptions
      moved[keyPath: member] = value
      return DeviationProbability(assumptions: moved).probability(hits)
    }
    return Bar(
      assumption: name, low: range.0, high: range.1, scoreAtLow: score(range.0),
      scoreAtHigh: score(range.1))
  }
}

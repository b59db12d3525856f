import Foundation
import Records

/// What the deviation score takes for granted. Judgement, not measurement: the table of sensitivity
/// says for each suspected server what other judgement would make of it.
struct ScoreAssumptions: Equatable {
  /// Share of servers that deviate in any family, before anything is seen of them.
  var prior: Double
  /// Weight of each further indicator of one family, as a power: they may have one cause.
  var discount: Double
  /// Greatest contribution of one family. Unit: nats.
  var familyCap: Double
  /// Greatest odds that an indicator of this grade may give, to one.
  var supportingOdds = 100.0
  var strongOdds = 1000.0

  init(prior: Double, discount: Double, familyCap: Double) {
    self.prior = prior
    self.discount = discount
    self.familyCap = familyCap
  }

  init(_ parameters: ScoreParameters) {
    self.init(
      prior: parameters.prior, discount: parameters.discount, familyCap: parameters.familyCap)
  }

  /// The most that an indicator of a grade may say. A proof decides by itself; in the score it counts
  /// as much as the strongest other. Unit: nats.
  func capNats(_ grade: IndicatorGrade) -> Double {
    switch grade {
    case .none: 0
    case .supporting: log(supportingOdds)
    case .strong, .proved: log(strongOdds)
    }
  }

  /// The prior of one family, such that the chance of deviating in at least one of them is `prior`.
  var familyPrior: Double {
    1 - pow(1 - prior, 1 / Double(IndicatorFamily.scored.count))
  }
}

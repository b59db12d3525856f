import Foundation
import Ordering
import Records

/// An indicator that fired, as the score counts it.
struct IndicatorHit: Equatable {
  let family: IndicatorFamily
  let grade: IndicatorGrade
  /// ln of its Bayes factor, before the cap of its grade; nil: it has none and says its cap.
  let nats: Double?

  init(_ family: IndicatorFamily, _ grade: IndicatorGrade, nats: Double? = nil) {
    self.family = family
    self.grade = grade
    self.nats = nats
  }
}

/// The chance that a server deviates in at least one family.
///
/// A server deviates if it deviates in any family, and who passes one family has not passed another: each
/// is judged alone. A test that was passed, or not made, adds nothing, since who deviates with care
/// passes tests.
struct DeviationProbability {
  let assumptions: ScoreAssumptions

  /// min(cap, Σ δ^(r-1) ℓ_r), ℓ > 0 of what fired in one family, descending. Unit: nats.
  func support(_ hits: [IndicatorHit]) -> Double {
    var weight = 1.0
    var sum = 0.0
    for nats in hits.map(counted).filter({ $0 > 0 }).sorted(by: >) {
      sum += weight * nats
      weight *= assumptions.discount
    }
    return min(assumptions.familyCap, sum)
  }

  /// What a hit says, within the cap of its grade.
  func counted(_ hit: IndicatorHit) -> Double {
    let cap = assumptions.capNats(hit.grade)
    return max(0, min(cap, hit.nats ?? cap))
  }

  /// The chance that the server deviates in one family.
  func family(_ hits: [IndicatorHit]) -> Double {
    let prior = assumptions.familyPrior
    return 1 / (1 + exp(-(log(prior / (1 - prior)) + support(hits))))
  }

  /// 1 − Π (1 − P_f) over all scored families.
  func probability(_ hits: [IndicatorHit]) -> Double {
    let byFamily = Dictionary(grouping: hits, by: \.family)
    return 1 - IndicatorFamily.scored.reduce(1) { $0 * (1 - family(byFamily[$1] ?? [])) }
  }
}

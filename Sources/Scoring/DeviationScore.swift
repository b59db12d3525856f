import Foundation
import Records

/// Combines a server's indicators into one score: the log-odds of deviation beforehand, and what each
/// group of indicators adds.
struct DeviationScore {
  /// Least share of what indicators could say that must have been observed for a score. Half: with less,
  /// more was not looked at than was.
  private static let leastCoverage = 0.5
  /// Probability from which on a server is suspected: deviation is then the likelier of the two.
  private static let suspicion = 0.5
  /// The most that a group's passed tests may take back, since who deviates with care passes tests: a
  /// factor of two. Unit: nats.
  private static let greatestRelief = log(2.0)

  let parameters: ScoreParameters

  func deviation(serverID: String, _ indicators: [Indicator]) -> Deviation {
    let observed = indicators.filter { $0.status != .unknown }
    let coverage = weight(of: observed) / weight(of: indicators)
    let fired = observed.filter { $0.status == .fired }
    let probability = probability(observed)
    let isCovered = coverage >= Self.leastCoverage
    var verdict: Verdict = .insufficient
    if fired.contains(where: { $0.verdictClass == .proved }) {
      verdict = .proved
    } else if isCovered {
      verdict = probability >= Self.suspicion ? .suspected : .none
    }
    return Deviation(serverID: serverID, verdict: verdict).with {
      $0.score = isCovered ? probability : nil
      $0.coverage = coverage
      $0.evaluated = observed.count
      $0.fired = fired.map(\.indicator).sorted()
    }
  }

  /// The weight of an indicator is the most that it could say.
  private func weight(of indicators: [Indicator]) -> Double {
    indicators.reduce(0) { $0 + (IndicatorRule.rule($1.indicator)?.capNats ?? 0) }
  }

  private func probability(_ indicators: [Indicator]) -> Double {
    var groups: [String: [Double]] = [:]
    for indicator in indicators {
      guard let rule = IndicatorRule.rule(indicator.indicator), let nats = indicator.nats else {
        continue
      }
      groups[rule.group.name, default: []].append(nats)
    }
    var logOdds = log(parameters.prior / (1 - parameters.prior))
    for group in groups.keys.sorted() { logOdds += contribution(groups[group] ?? []) }
    return 1 / (1 + exp(-logOdds))
  }

  /// min(cap, Σ δ^(r-1) ℓ⁺) + max(-ln 2, Σ ℓ⁻), the positive ones in descending order.
  private func contribution(_ nats: [Double]) -> Double {
    var discount = 1.0
    var support = 0.0
    for value in nats.filter({ $0 > 0 }).sorted(by: >) {
      support += discount * value
      discount *= parameters.discount
    }
    let contradiction = nats.filter { $0 < 0 }.sorted().reduce(0, +)
    return min(parameters.familyCap, support) + max(-Self.greatestRelief, contradiction)
  }
}

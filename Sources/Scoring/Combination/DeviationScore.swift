import Foundation
import Ordering
import Records

/// Makes of a server's indicators its score, its verdict and what both rest on.
struct DeviationScore {
  /// Probability from which on a server is suspected: deviation is then the likelier of the two.
  static let suspicion = 0.5

  let assumptions: ScoreAssumptions
  /// Whether the series has scans far enough apart that an indicator can reach what it says of two.
  let hasTwoOccasions: Bool

  private var probability: DeviationProbability { DeviationProbability(assumptions: assumptions) }

  /// An indicator of a server, as found.
  struct Evaluated {
    let rule: IndicatorRule
    let status: IndicatorStatus
    /// nil where it was not evaluated.
    let finding: IndicatorFinding?
  }

  func deviation(serverID: String, _ indicators: [Evaluated]) -> Deviation {
    let observed = indicators.filter { $0.status == .fired || $0.status == .passed }
    let fired = observed.filter { $0.status == .fired }
    let hits = Self.hits(fired)
    let score = probability.probability(hits)
    let coverage = ScoreCoverage(assumptions: assumptions).coverage(measurable(indicators))
    let proved = fired.filter { $0.finding?.grade == .proved }.map(\.rule.id.text)
    let verdict = verdict(
      isProved: !proved.isEmpty, score: observed.isEmpty ? nil : score, coverage: coverage)
    return Deviation(serverID: serverID, verdict: verdict).with {
      $0.score = observed.isEmpty ? nil : score
      $0.flagged = verdict == .proved || verdict == .suspected
      $0.coverage = coverage
      $0.evaluated = observed.count
      $0.fired = fired.map(\.rule.id).sorted().map(\.text)
      $0.proved = proved
      $0.families = families(hits)
      $0.statement = VerdictWording.statement(verdict)
    }
  }

  /// Suspicion is never withheld for want of coverage: what was not looked at takes nothing back.
  private func verdict(isProved: Bool, score: Double?, coverage: Double) -> Verdict {
    if isProved { return .proved }
    if let score, score >= Self.suspicion { return .suspected }
    return coverage >= ScoreCoverage.least ? .none : .insufficient
  }

  /// What of the fired indicators the score counts.
  static func hits(_ fired: [Evaluated]) -> [IndicatorHit] {
    fired.compactMap { indicator in
      indicator.finding?.grade.map {
        IndicatorHit(indicator.rule.group, $0, nats: indicator.finding?.nats)
      }
    }
  }

  private func measurable(_ indicators: [Evaluated]) -> [ScoreCoverage.Measurable] {
    indicators.filter { $0.status != .notMeasured }.map { indicator in
      let grades = indicator.rule.grades
      return ScoreCoverage.Measurable(
        family: indicator.rule.group,
        highest: hasTwoOccasions ? grades.inSeries : grades.inOneScan,
        isObserved: indicator.status != .unknown)
    }
  }

  private func families(_ hits: [IndicatorHit]) -> [String] {
    let byFamily = Dictionary(grouping: hits, by: \.family)
    return IndicatorFamily.scored.compactMap { family in
      byFamily[family].map { hits in
        let rounded = (probability.family(hits) * 10_000).rounded() / 10_000
        return "\(family.name)=\(rounded)"
      }
    }
  }
}

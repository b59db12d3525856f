import Foundation
import Records
import Testing

@testable import Scoring

/// The deviation score is the chance of at least one family.
struct CombinationTests {
  private let assumptions = ScoreAssumptions(prior: 0.02, discount: 0.4, familyCap: log(3000))

  private func score(_ hits: [IndicatorHit]) -> Double {
    DeviationProbability(assumptions: assumptions).probability(hits)
  }

  @Test func `the design's own figures come out`() {
    #expect(abs(score([]) - 0.02) < 1e-12)
    #expect(abs(score([IndicatorHit(.content, .strong)]) - 0.775) < 5e-4)
    let supporting = IndicatorHit(.phishing, .supporting)
    #expect(abs(score([supporting]) - 0.265) < 5e-4)
    #expect(abs(score([supporting, supporting]) - 0.69) < 5e-3)
    #expect(abs(score([supporting, IndicatorHit(.path, .supporting)]) - 0.45) < 5e-3)
    // A tip that is stale in one scan, and in two of two.
    let once = StaleTipBelief.nats(lagging: 1, of: 1)
    let twice = StaleTipBelief.nats(lagging: 2, of: 2)
    #expect(abs(score([IndicatorHit(.content, .strong, nats: once)]) - 0.11) < 5e-3)
    #expect(abs(score([IndicatorHit(.content, .strong, nats: twice)]) - 0.66) < 5e-3)
  }

  @Test func `with a prior of one in two hundred no single hit is suspected`() {
    var careful = assumptions
    careful.prior = 0.005
    let score = DeviationProbability(assumptions: careful)
      .probability([IndicatorHit(.shape, .strong)])
    #expect(score < 0.5)
  }

  @Test func `a family says no more than its cap, however much fires in it`() {
    let one = IndicatorHit(.content, .strong)
    let many = [IndicatorHit](repeating: one, count: 30)
    let probability = DeviationProbability(assumptions: assumptions)
    #expect(probability.support(many) == log(3000))
    #expect(probability.support([one]) == log(1000))
    // ln 1000 + .4 ln 100, in whatever order.
    let two = [IndicatorHit(.content, .supporting), one]
    #expect(abs(probability.support(two) - min(log(3000), log(1000) + 0.4 * log(100))) < 1e-12)
  }

  @Test func `what says less than nothing, or is of grade none, counts nothing`() {
    #expect(score([IndicatorHit(.path, .none)]) == score([]))
    #expect(score([IndicatorHit(.content, .strong, nats: -3)]) == score([]))
    #expect(score([IndicatorHit(.topology, .strong)]) == score([]), "it is of no scored family")
    let capped = IndicatorHit(.differential, .supporting, nats: 50)
    #expect(score([capped]) == score([IndicatorHit(.differential, .supporting)]))
  }

  @Test func `coverage is the mean over families that can be measured`() {
    let coverage = ScoreCoverage(assumptions: assumptions)
    func measurable(
      _ family: IndicatorFamily, _ grade: IndicatorGrade, _ observed: Bool
    ) -> ScoreCoverage.Measurable {
      .init(family: family, highest: grade, isObserved: observed)
    }
    #expect(coverage.coverage([]) == 0)
    #expect(coverage.coverage([measurable(.content, .strong, true)]) == 1)
    // Content: ln 1000 of ln 1000 + ln 1000; phishing all. The mean of a half and one.
    let some = [
      measurable(.content, .proved, true), measurable(.content, .strong, false),
      measurable(.phishing, .strong, true),
    ]
    #expect(abs(coverage.coverage(some) - 0.75) < 1e-12)
    // Of grade none, or of no scored family: they weigh nothing.
    let harmless = [measurable(.path, .none, false), measurable(.topology, .strong, false)]
    #expect(coverage.coverage(some + harmless) == coverage.coverage(some))
  }

  @Test func `sensitivity moves one assumption at a time, the widest first`() {
    let sensitivity = ScoreSensitivity(assumptions: assumptions)
    let bars = sensitivity.bars([IndicatorHit(.shape, .strong)])
    #expect(bars.count == 4 && bars.map(\.width) == bars.map(\.width).sorted(by: >))
    #expect(bars[0].assumption == "prior")
    #expect(bars[0].scoreAtLow < 0.5 && bars[0].scoreAtHigh > 0.8)
    // Neither the discount nor the other grade has any part in one strong hit.
    #expect(bars[2].width == 0 && bars[3].width == 0)
  }

  @Test func `p-values of a server, of an operator and of a list`() {
    #expect(NetworkStatement.pValue(hits: 0, honestServers: 999) == 0.001)
    #expect(NetworkStatement.pValue(hits: 3, honestServers: 0) == 1)
    #expect(abs(NetworkStatement.pValue(fired: [0.2, 0.001], observed: 20) - 0.02) < 1e-15)
    #expect(NetworkStatement.pValue(fired: [], observed: 20) == 1)
    #expect(NetworkStatement.pValue(servers: [0.5, 0.01, 1]) == 0.03)
    #expect(NetworkStatement.reported([0.02, 0.9, 0.04, 1]) == [true, false, true, false])
  }

  @Test func `a p-value's greatest Bayes factor is that of the bound`() {
    #expect(EvidenceBound.nats(pValue: 0.5) == 0)
    #expect(abs(EvidenceBound.nats(pValue: 0.05) - log(1 / (-exp(1) * 0.05 * log(0.05)))) < 1e-12)
    // Four arms, eight blocks: the least p of the exact test says 6.4 nats.
    #expect(abs(EvidenceBound.nats(pValue: 4 / pow(4, 8)) - 6.43) < 0.02)
    #expect(EvidenceBound.nats(pValue: 0).isFinite)
  }
}

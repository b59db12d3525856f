import Foundation
import Records
import StageKit
import Testing

@testable import Scoring

@Suite("Scores combine evidence as stated")
struct ScoreTests {
  private func indicator(
    _ rule: String, _ status: IndicatorStatus, _ nats: Double?
  ) -> Indicator {
    Indicator(
      serverID: "s", indicator: rule, status: status,
      verdictClass: IndicatorRule.rule(rule)?.verdictClass ?? .descriptive
    ).with {
      $0.nats = nats
      $0.observations = 1
    }
  }

  @Test("Log odds add over families, with discount, cap and limited contradiction (methods 6.3)")
  func combination() throws {
    let all = IndicatorRule.all.map { rule -> Indicator in
      switch rule.id.text {
      case "I4.stale-tip": indicator(rule.id.text, .fired, 3)
      case "I6.missing-transaction": indicator(rule.id.text, .fired, 2)
      case "I14.certificate-by-vantage": indicator(rule.id.text, .passed, -5)
      default: indicator(rule.id.text, .passed, 0)
      }
    }
    let deviation = DeviationScore(parameters: try .defaults()).deviation(serverID: "s", all)
    let logOdds = log(0.02 / 0.98) + (3 + 0.4 * 2) - log(2)
    #expect(abs((deviation.score ?? 0) - 1 / (1 + exp(-logOdds))) < 1e-12)
    #expect(deviation.coverage == 1)
    #expect(deviation.verdict == .none || deviation.verdict == .suspected)
    #expect(deviation.fired == ["I4.stale-tip", "I6.missing-transaction"])
  }

  @Test("An indicator turned unknown moves coverage, and the score only by its own part")
  func unknownIsZero() throws {
    let all = IndicatorRule.all.map { indicator($0.id.text, .passed, 0) }
    var masked = all
    masked[0].status = .unknown
    masked[0].nats = nil
    let score = DeviationScore(parameters: try .defaults())
    #expect(
      score.deviation(serverID: "s", all).score == score.deviation(serverID: "s", masked).score)
    #expect(score.deviation(serverID: "s", masked).coverage < 1)
  }

  @Test("The beta-binomial Bayes factor is that of the closed form")
  func bayesFactor() {
    // n = 1, x = 1: the ratio of the two means.
    let benign = ShareBelief(hits: 1, misses: 60)
    let deviant = ShareBelief(hits: 1, misses: 4)
    let factor = BetaBinomial.logBayesFactor(1, of: 1, benign: benign, deviant: deviant)
    #expect(abs(factor - log((1.0 / 5) / (1.0 / 61))) < 1e-12)
    #expect(BetaBinomial.logBayesFactor(0, of: 0, benign: benign, deviant: deviant) == 0)
  }

  @Test("Concentration counts servers by unit, leaves unknown units out and says how many")
  func concentration() throws {
    let items = [("a", "x"), ("a", "x"), ("b", "x"), ("c", "y"), ("d", nil)].map {
      ConcentrationTable.Item(operatorID: $0.0, unit: $0.1)
    }
    let rows = try ConcentrationTable(parameters: try .defaults())
      .rows(unit: "as", weighting: "server", items)
    let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.index, $0) })
    #expect(values["hhi"]?.value == 0.75 * 0.75 + 0.25 * 0.25)
    #expect(values["nakamoto_50"]?.value == 1)
    #expect(values["cr_1"]?.value == 0.75)
    #expect(values["hhi"]?.unknownShare == 0.2)
    #expect(values["hhi"]?.observations == 4)
    let band = try #require(values["hhi"])
    #expect((band.low ?? 1) <= 0.625 && (band.high ?? 0) >= 0.625)
  }

  @Test("The same seed gives the same band; the order of items gives no other")
  func deterministicBand() throws {
    let items = (0..<30).map {
      ConcentrationTable.Item(operatorID: "o\($0 % 7)", unit: "u\($0 % 4)")
    }
    let table = ConcentrationTable(parameters: try .defaults())
    let first = try table.rows(unit: "as", weighting: "server", items)
    #expect(try table.rows(unit: "as", weighting: "server", items.shuffled()) == first)
  }

  @Test("An empty network has no indices, and no error")
  func empty() throws {
    let rows = try ConcentrationTable(parameters: try .defaults())
      .rows(unit: "as", weighting: "server", [])
    #expect(rows.allSatisfy { $0.value == nil && $0.low == nil })
  }
}

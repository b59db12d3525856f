import Foundation
import Records
import StageKit
import Testing

@testable import Scoring

/// Scores combine evidence as stated.
struct ScoreTests {
  @Test func `the beta-binomial Bayes factor is that of the closed form`() {
    // n = 1, x = 1: the ratio of the two means.
    let benign = ShareBelief(hits: 1, misses: 60)
    let deviant = ShareBelief(hits: 1, misses: 4)
    let factor = BetaBinomial.logBayesFactor(1, of: 1, benign: benign, deviant: deviant)
    #expect(abs(factor - log((1.0 / 5) / (1.0 / 61))) < 1e-12)
    #expect(BetaBinomial.logBayesFactor(0, of: 0, benign: benign, deviant: deviant) == 0)
  }

  @Test func `concentration counts servers by unit, leaves unknown units out and says how many`()
    throws
  {
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

  @Test func `the same seed gives the same band; the order of items gives no other`() throws {
    let items = (0..<30).map {
      ConcentrationTable.Item(operatorID: "o\($0 % 7)", unit: "u\($0 % 4)")
    }
    let table = ConcentrationTable(parameters: try .defaults())
    let first = try table.rows(unit: "as", weighting: "server", items)
    #expect(try table.rows(unit: "as", weighting: "server", items.shuffled()) == first)
  }

  @Test func `an empty network has no indices, and no error`() throws {
    let rows = try ConcentrationTable(parameters: try .defaults())
      .rows(unit: "as", weighting: "server", [])
    #expect(rows.allSatisfy { $0.value == nil && $0.low == nil })
  }
}

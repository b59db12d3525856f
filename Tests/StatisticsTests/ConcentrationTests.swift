import Statistics
import Testing

struct ConcentrationTests {
  @Test func `five three one one agree with the values worked out by hand`() throws {
    let market = try Concentration(counts: [1, 5, 3, 1, 0])
    #expect(try #require(market.herfindahl) == 0.36)
    #expect(abs(try #require(market.unbiasedHerfindahl) - 26.0 / 90) < 1e-15)
    #expect(abs(try #require(market.effectiveNumber) - 1 / 0.36) < 1e-12)
    #expect(abs(try #require(market.gini) - 0.35) < 1e-15)
    #expect(market.nakamoto(threshold: 0.5) == 2)
    #expect(market.nakamoto(threshold: 0.33) == 1)
    #expect(market.concentrationRatio(1) == 0.5)
    #expect(market.concentrationRatio(3) == 0.9)
    #expect(market.concentrationRatio(10) == 1)
  }

  @Test func `one owner is full concentration and equals are none`() throws {
    let monopoly = try Concentration(counts: [7])
    #expect(monopoly.herfindahl == 1)
    #expect(monopoly.shannonNumber == 1)
    #expect(monopoly.gini == 0)
    let equals = try Concentration(counts: [2, 2, 2, 2])
    #expect(abs(try #require(equals.effectiveNumber) - 4) < 1e-12)
    #expect(abs(try #require(equals.shannonNumber) - 4) < 1e-12)
    #expect(equals.gini == 0)
    #expect(equals.nakamoto(threshold: 0.5) == 3)
  }

  @Test func `nothing has no concentration`() throws {
    let nothing = try Concentration(counts: [0, 0])
    #expect(nothing.herfindahl == nil)
    #expect(nothing.gini == nil)
    #expect(nothing.nakamoto(threshold: 0.5) == nil)
    #expect(nothing.concentrationRatio(1) == nil)
    #expect(throws: StatisticsError.negativeOrNotFinite(index: 1)) {
      try Concentration(weights: [1, .nan])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(index: 0)) {
      try Concentration(counts: [-1])
    }
  }

  @Test(.enabled(if: Fixtures.exists, "the folder of shared data is not there"))
  func `golden indices are reproduced`() throws {
    let golden = try Fixtures.load().centralisation
    let market = try Concentration(counts: golden.counts)
    #expect(abs(try #require(market.herfindahl) - golden.hhi) < 1e-12)
    #expect(abs(try #require(market.unbiasedHerfindahl) - golden.hhiUnbiased) < 1e-12)
    #expect(market.nakamoto(threshold: 0.5) == golden.nakamoto50)
    #expect(abs(try #require(market.gini) - golden.gini) < 1e-12)
  }
}

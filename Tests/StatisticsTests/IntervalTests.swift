import Statistics
import Testing

struct IntervalTests {
  @Test func `no success in n has the closed Clopper-Pearson bound`() throws {
    // (1-p)^20 = 0.025  =>  p = 1 - 0.025^(1/20)
    let interval = try BinomialInterval.clopperPearson(successes: 0, trials: 20)
    #expect(interval.low == 0)
    #expect(abs(interval.high - 0.168433470983085) < 1e-12)
  }

  @Test func `Wilson of half of ten is symmetric and exact`() throws {
    // z = 1.959963984540054: 0.5 ± z/(2 sqrt(n + z²))
    let interval = try BinomialInterval.wilson(successes: 5, trials: 10)
    #expect(abs(interval.low - 0.236593090512564) < 1e-12)
    #expect(abs(interval.low + interval.high - 1) < 1e-15)
  }

  @Test func `no trials say nothing`() throws {
    #expect(try BinomialInterval.wilson(successes: 0, trials: 0) == Interval(low: 0, high: 1))
    #expect(
      try BinomialInterval.clopperPearson(successes: 0, trials: 0) == Interval(low: 0, high: 1))
  }

  @Test func `impossible counts and confidences are refused`() {
    #expect(throws: StatisticsError.successes(3, trials: 2)) {
      try BinomialInterval.wilson(successes: 3, trials: 2)
    }
    #expect(throws: StatisticsError.confidence(1)) {
      try BinomialInterval.clopperPearson(successes: 1, trials: 2, confidence: 1)
    }
  }

  @Test func `normal quantile is the textbook value`() throws {
    #expect(abs(try #require(NormalDistribution.quantile(0.975)) - 1.959963984540054) < 1e-13)
    #expect(abs(try #require(NormalDistribution.quantile(1e-10)) + 6.361340902404056) < 1e-11)
    #expect(NormalDistribution.quantile(2) == nil)
  }

  @Test(.enabled(if: Fixtures.exists, "the folder of shared data is not there"))
  func `golden Clopper-Pearson intervals are reproduced`()
    throws
  {
    for golden in try Fixtures.load().clopperPearson {
      let interval = try BinomialInterval.clopperPearson(successes: golden.k, trials: golden.n)
      #expect(abs(interval.low - golden.lo) < 1e-12)
      #expect(abs(interval.high - golden.hi) < 1e-12)
    }
  }
}

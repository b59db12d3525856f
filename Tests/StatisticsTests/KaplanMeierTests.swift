import Statistics
import Testing

/// Gehan 1965: weeks of remission of 21 children under 6-mercaptopurine, and of 21 without. The
/// estimates of the first are printed in many textbooks, and follow from fractions by hand.
struct KaplanMeierTests {
  private static let remission: [(weeks: Double, isEnded: Bool)] =
    [6, 6, 6, 7, 10, 13, 16, 22, 23].map { ($0, true) }
    + [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map { ($0, false) }

  private static let treated = remission.map {
    KaplanMeier.Subject(time: $0.weeks, isEnded: $0.isEnded)
  }

  private static let control = [
    1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
  ].map { KaplanMeier.Subject(time: $0, isEnded: true) }

  @Test func `remissions of leukaemia last as Gehan's table is known to say`() throws {
    let steps = try KaplanMeier(Self.treated).steps
    let ends = steps.filter { $0.ended > 0 }
    #expect(ends.map(\.time) == [6, 7, 10, 13, 16, 22, 23])
    #expect(ends.map(\.atRisk) == [21, 17, 15, 12, 11, 7, 6])
    #expect(ends.map(\.ended) == [3, 1, 1, 1, 1, 1, 1])
    var share = 1.0
    let factors: [(Double, Double)] = [
      (18, 21), (16, 17), (14, 15), (11, 12), (10, 11), (6, 7), (5, 6),
    ]
    for (step, factor) in zip(ends, factors) {
      share = share * factor.0 / factor.1
      #expect(abs(step.survival - share) < 1e-14)
    }
    // As R's survfit prints them.
    let printed = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    for (step, error) in zip(ends, printed) {
      #expect(abs(try #require(step.standardError) - error) < 5e-5)
    }
  }

  @Test func `the interval of the first step is the textbook's, on the scale of log(-log S)`()
    throws
  {
    let step = try #require(try KaplanMeier(Self.treated).steps.first)
    // S = 6/7, Greenwood's sum 3/(21*18): exp(±1.96 sqrt(3/378) / ln(7/6)) powers of S.
    #expect(step.censored == 1)
    let interval = try #require(step.interval)
    #expect(abs(interval.low - 0.6197) < 5e-5)
    #expect(abs(interval.high - 0.9516) < 5e-5)
  }

  @Test func `half of the treated outlast 23 weeks, half of the others 8`() throws {
    #expect(try KaplanMeier(Self.treated).median == 23)
    #expect(try KaplanMeier(Self.control).median == 8)
  }

  @Test func `without censoring it is the share that is left, and its error the binomial's`() throws
  {
    let count = Double(Self.control.count)
    for step in try KaplanMeier(Self.control).steps {
      let share = Double(Self.control.count { $0.time > step.time }) / count
      #expect(abs(step.survival - share) < 1e-14)
      if share > 0 {
        let error = (share * (1 - share) / count).squareRoot()
        #expect(abs(try #require(step.standardError) - error) < 1e-14)
      } else {
        #expect(step.standardError == nil && step.interval == nil)
      }
    }
  }

  @Test func `who is never seen to end is censored, and the order does not matter`() throws {
    let alive = try KaplanMeier([.init(time: 5, isEnded: false), .init(time: 0, isEnded: false)])
    #expect(alive.steps.map(\.survival) == [1, 1])
    #expect(alive.steps.map(\.standardError) == [0, 0])
    #expect(alive.steps.allSatisfy { $0.interval == nil } && alive.median == nil)
    #expect(try KaplanMeier([]).steps.isEmpty)
    #expect(try KaplanMeier(Self.treated.reversed()) == KaplanMeier(Self.treated))
  }

  @Test func `times that are none and confidences of certainty are refused`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(index: 1)) {
      try KaplanMeier([.init(time: 1, isEnded: true), .init(time: -1, isEnded: true)])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(index: 0)) {
      try KaplanMeier([.init(time: .nan, isEnded: true)])
    }
    #expect(throws: StatisticsError.confidence(1)) { try KaplanMeier([], confidence: 1) }
  }
}

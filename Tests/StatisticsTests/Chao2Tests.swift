import Statistics
import Testing

struct Chao2Tests {
  @Test func `the unseen are counted from those of one source and of two`() {
    // 9/10 · 5·4 / (2·3)
    let incidences = [1, 1, 1, 1, 1, 2, 2] + [Int](repeating: 6, count: 13) + [0]
    let estimate = Chao2(incidences: incidences, samples: 10)
    #expect(estimate.observed == 20)
    #expect(abs(estimate.unseen - 3) < 1e-12)
    #expect(abs(estimate.estimate - 23) < 1e-12)
    #expect(estimate.interval.low > 20 && estimate.interval.low < 23)
    #expect(estimate.interval.high > 23)
  }

  @Test func `where every source names everybody nobody is unseen`() {
    let estimate = Chao2(incidences: [8, 8, 8], samples: 8)
    #expect(estimate.unseen == 0)
    #expect(estimate.interval == Interval(low: 3, high: 3))
  }

  @Test func `without sources nothing is estimated`() {
    #expect(Chao2(incidences: [], samples: 0).estimate == 0)
  }
}

import Statistics
import Testing

struct ClusterBootstrapTests {
  private func interval(
    _ counts: [Int], _ method: ClusterBootstrap.Method, seed: UInt64 = 1
  ) throws -> Interval? {
    var generator = Xoshiro256StarStar(seed: seed)
    return try ClusterBootstrap(replicates: 2000, confidence: 0.9, method: method).interval(
      clusters: counts.count, using: &generator
    ) { draw in (try? Concentration(counts: draw.map { counts[$0] }))?.herfindahl }
  }

  @Test(arguments: [ClusterBootstrap.Method.percentile, .biasCorrectedAccelerated])
  func `the same seed gives the same interval`(method: ClusterBootstrap.Method) throws {
    let counts = [9, 5, 3, 2, 2, 1, 1, 1, 1, 1]
    let first = try #require(try interval(counts, method))
    #expect(try interval(counts, method) == first)
    #expect(first.low < first.high)
    #expect(first.low >= 0.1 && first.high <= 1)
  }

  @Test func `equal operators leave no room`() throws {
    let interval = try #require(try interval([1, 1, 1, 1], .percentile))
    #expect(abs(interval.low - 0.25) < 1e-15)
    #expect(abs(interval.high - 0.25) < 1e-15)
  }

  @Test func `one operator has no interval`() throws {
    #expect(try interval([5], .percentile) == nil)
  }

  @Test func `the mean of a symmetric sample is covered and centred`() throws {
    let values = (0..<40).map { Double($0) }
    var generator = Xoshiro256StarStar(seed: 3)
    let interval = try #require(
      try ClusterBootstrap(replicates: 4000, confidence: 0.95).interval(
        clusters: 40, using: &generator
      ) { draw in draw.map { values[$0] }.compensatedSum() / Double(draw.count) })
    // Normal theory: 19.5 ± 1.96 · 11.54 / sqrt(40) = 15.92 … 23.08
    #expect(abs(interval.low - 15.92) < 0.35)
    #expect(abs(interval.high - 23.08) < 0.35)
  }
}

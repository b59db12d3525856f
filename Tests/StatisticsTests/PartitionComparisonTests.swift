import Statistics
import Testing

/// Partitions are compared as the field does.
struct PartitionComparisonTests {
  @Test(.enabled(if: Fixtures.exists, "the folder of shared data is not there"))
  func `values equal scikit-learn's`() throws {
    let fixture = try Fixtures.load().partition
    let comparison = PartitionComparison(truth: fixture.y, prediction: fixture.z)
    #expect(abs(try #require(comparison.adjustedRandIndex) - fixture.ari) < 1e-12)
    #expect(abs(try #require(comparison.vMeasure) - fixture.v) < 1e-12)
  }

  @Test func `a small case by hand: {a b c}{d e} against {a b}{c d e}`() throws {
    let comparison = PartitionComparison(truth: [0, 0, 0, 1, 1], prediction: [5, 5, 6, 6, 6])
    #expect(comparison.pairs == (both: 2, truth: 4, prediction: 4))
    #expect(comparison.pairwisePrecision == 0.5)
    #expect(comparison.pairwiseRecall == 0.5)
    #expect(comparison.pairwiseF1 == 0.5)
    // Precision by item: 1, 1, 1/3, 2/3, 2/3.
    let precision = try #require(comparison.bCubedPrecision)
    #expect(abs(precision - 11.0 / 15) < 1e-15)
    let recall = try #require(comparison.bCubedRecall)
    #expect(abs(recall - 11.0 / 15) < 1e-15)
    let adjusted = try #require(comparison.adjustedRandIndex)
    #expect(abs(adjusted - 1.0 / 6) < 1e-15)
    #expect(comparison.overMerged == 1)
    #expect(comparison.underMerged == 1)
  }

  @Test func `equal partitions are perfect, whatever their labels`() {
    let comparison = PartitionComparison(truth: ["x", "x", "y", "z"], prediction: [3, 3, 1, 2])
    #expect(comparison.adjustedRandIndex == 1)
    #expect(comparison.vMeasure == 1)
    #expect(comparison.bCubedF1 == 1)
    #expect(comparison.overMerged == 0 && comparison.underMerged == 0)
  }

  @Test func `nothing to compare is unknown, not zero`() {
    let comparison = PartitionComparison(truth: [Int](), prediction: [Int]())
    #expect(comparison.adjustedRandIndex == nil && comparison.vMeasure == nil)
    #expect(comparison.pairwisePrecision == nil && comparison.bCubedF1 == nil)
    let singles = PartitionComparison(truth: [1, 2, 3], prediction: [1, 2, 3])
    #expect(singles.pairwisePrecision == nil && singles.adjustedRandIndex == 1)
  }

  @Test func `the order of items changes nothing`() {
    let items = (0..<60).map { ($0 % 7, ($0 * $0) % 5) }
    let expected = PartitionComparison(truth: items.map(\.0), prediction: items.map(\.1))
    var generator = SplitMix64(seed: 7)
    let shuffled = items.shuffled(using: &generator)
    let found = PartitionComparison(truth: shuffled.map(\.0), prediction: shuffled.map(\.1))
    #expect(found.adjustedRandIndex == expected.adjustedRandIndex)
    #expect(found.underMerged == expected.underMerged)
  }
}

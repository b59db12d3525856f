import CDistanceKernels
import DensityClustering
import Statistics
import Testing

/// Partitions, strengths and scores are judged against scikit-learn, hdbscan and SciPy by
/// `test_density.py`; here is what those cannot be asked.
@Suite(.serialized)
struct DensityClusteringTests {
  /// Points around a few centres.
  private func blobs(_ count: Int, _ dimensions: Int, centres: Int, seed: UInt64) -> [Double] {
    var generator = Xoshiro256StarStar(seed: seed)
    let middles = (0..<centres * dimensions).map { _ in generator.nextUnit() * 20 }
    return (0..<count).flatMap { _ in
      let centre = generator.nextIndex(below: centres)
      return (0..<dimensions).map { k in
        middles[centre * dimensions + k]
          + (0..<4).reduce(0) { sum, _ in sum + generator.nextUnit() }
      }
    }
  }

  private func clusters(
    _ coordinates: [Double], _ dimensions: Int, threads: Int = 1, size: Int = 5
  ) -> DensityClusters {
    var method = HDBSCAN()
    method.minimumClusterSize = size
    method.threads = threads
    return method.clusters(of: PointSet(coordinates: coordinates, dimensions: dimensions))
  }

  private func isSame(_ a: DensityClusters, _ b: DensityClusters) -> Bool {
    a.labels == b.labels && a.probabilities == b.probabilities && a.outlierScores == b.outlierScores
      && a.hierarchy.merges == b.hierarchy.merges
  }

  @Test(arguments: [2, 16, 40]) func `threads and the width of vectors change no bit`(
    dimensions: Int
  ) {
    let points = blobs(600, dimensions, centres: 5, seed: 4)
    let one = clusters(points, dimensions)
    #expect(one.clusterCount == 5)
    #expect(isSame(one, clusters(points, dimensions, threads: 5)))
    distance_limit_width(128)
    defer { distance_limit_width(256) }
    #expect(isSame(one, clusters(points, dimensions)))
  }

  @Test(arguments: [1, 40]) func `both ways to the tree end where the distances of all pairs do`(
    dimensions: Int
  ) {
    let count = dimensions == 1 ? 1_500 : 300
    let points = blobs(count, dimensions, centres: 4, seed: 9)
    let set = PointSet(coordinates: points, dimensions: dimensions)
    let byPoints = HDBSCAN().clusters(of: set)
    let byDistances = HDBSCAN().clusters(of: DistanceMatrix(set))
    #expect(
      byPoints.hierarchy.merges.map(\.distance) == byDistances.hierarchy.merges.map(\.distance))
    #expect(byPoints.algorithm.contains(dimensions == 1 ? "k-d tree," : "one pass over all pairs"))
  }

  @Test(arguments: [1e-90, 1, 1e90], [0, 1e9])
  func `single precision sorts out no near pair, at any scale and far from the origin`(
    scale: Double, offset: Double
  ) {
    let points = blobs(400, 12, centres: 6, seed: 21).map { ($0 + offset) * scale }
    let set = PointSet(coordinates: points, dimensions: 12)
    let byPoints = HDBSCAN().clusters(of: set)
    let byDistances = HDBSCAN().clusters(of: DistanceMatrix(set))
    #expect(
      byPoints.hierarchy.merges.map(\.distance) == byDistances.hierarchy.merges.map(\.distance))
  }

  @Test func `points of many coordinates on a line are those of the line`() {
    // Enough of them that a tree is searched, leaf by leaf.
    let count = 8_000
    let line = blobs(count, 1, centres: 40, seed: 33).map { $0 * 100 }
    let padded = line.flatMap { [$0] + [Double](repeating: 0, count: 7) }
    let (one, many) = (clusters(line, 1), clusters(padded, 8))
    #expect(many.algorithm.contains("k-d tree,"))
    #expect(isSame(one, many))
    #expect(isSame(many, clusters(padded, 8, threads: 3)))
  }

  @Test
  func `a point that is not known or infinitely far is excluded, and the others are clustered`() {
    var points = blobs(100, 2, centres: 2, seed: 1)
    points[7] = .nan
    points[20] = .infinity
    let found = clusters(points, 2)
    #expect(found.excluded == [3: .missing, 10: .infinite])
    #expect(found.labels[3] == nil && found.labels[10] == nil && found.clusterCount == 2)
    #expect(found.outlierScores[3] == 1 && found.probabilities[10] == 0)
  }

  @Test(arguments: [0, 1, 2]) func `fewer points than a cluster has are noise`(count: Int) {
    let found = clusters(Array(repeating: 1, count: count), 1)
    #expect(found.labels == Array(repeating: nil, count: count))
    #expect(found.clusterCount == 0)
  }

  @Test func `distances beyond what numbers hold end in an infinite merge`() {
    let found = clusters([-1e200, -1e200, -1e200, 1e200, 1e200, 1e200], 1, size: 3)
    #expect(found.hierarchy.merges.last?.distance == .infinity)
  }

  @Test func `a distance that is not known is infinite`() {
    let known = [0, 1, 9, 1, 0, 9, 9, 9, 0].map(Double.init)
    var unknown = known
    unknown[2] = .nan
    unknown[6] = .nan
    var method = HDBSCAN()
    method.minimumClusterSize = 2
    method.minimumSamples = 1
    #expect(
      method.clusters(of: DistanceMatrix(unknown, count: 3)).hierarchy.merges.map(\.distance)
        == [1, 9])
    #expect(
      method.clusters(of: DistanceMatrix(known, count: 3)).hierarchy.copheneticDistances() == [
        1, 9, 9,
      ])
  }

  @Test func `points that share few observations are drawn to the usual distance`() {
    // Four features; the last point shares one with the first, and agrees on it.
    let codes: [UInt16] = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 0, 0, 0]
    let points = MixedPoints(count: 4, codes: codes, values: [])
    let pull = 0.15 * 4
    // num/den of the pairs: .25, 1, 0, .75, 0, 1.
    #expect(points.typical == (0.25 + 0.75) / 2)
    #expect(points.distance(0, 1) == (1 + pull * points.typical) / (4 + pull))
    #expect(points.distance(0, 3) == (pull * points.typical) / (1 + pull))
    #expect(points.distance(0, 0) == 0)
    #expect(points.distance(0, 2) == points.distance(2, 0))
  }

  @Test func `a number counts by its difference over the middle of the range, at most 1`() {
    let points = MixedPoints(
      count: 21, codes: [], values: (0...20).map { Double($0) }, shrinkage: 0)
    #expect(points.distance(0, 9) == 0.5)
    #expect(points.distance(0, 20) == 1)
  }
}

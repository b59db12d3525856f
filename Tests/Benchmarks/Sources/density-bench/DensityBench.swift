import DensityClustering
import Foundation

/// Clusters points from a file of doubles, row by row in the machine's byte order:
/// `density-bench POINTS DIMENSIONS MINIMUM-SIZE THREADS [LABELS]`.
/// Prints the seconds of the clustering alone, wall and processor, the number of clusters and of
/// noise points, and how it was done; writes the labels, one a line, where asked.
///
/// `density-bench mixed ITEMS CATEGORIES` clusters items of twenty variants by so many categories and
/// ten numbers, of which a tenth is not known, and prints the same.
@main
enum DensityBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments[1] == "mixed" {
      mixed(count: Int(arguments[2]) ?? 2_000, categories: Int(arguments[3]) ?? 60)
    } else {
      try points(arguments)
    }
  }

  private static func points(_ arguments: [String]) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    var coordinates = [Double](repeating: 0, count: bytes.count / MemoryLayout<Double>.size)
    _ = coordinates.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
    let points = PointSet(coordinates: coordinates, dimensions: Int(arguments[2]) ?? 1)
    let labels = measured(size: Int(arguments[3]) ?? 5, threads: Int(arguments[4]) ?? 1) {
      $0.clusters(of: points)
    }
    if arguments.count > 5 {
      let text = labels.map { "\($0 ?? -1)\n" }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[5]))
    }
  }

  private static func mixed(count: Int, categories: Int) {
    var state: UInt64 = 7
    func draw(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let numbers = 10
    var codes: [UInt16] = []
    var values: [Double] = []
    for item in 0..<count {
      let variant = UInt64(item % 20)
      for category in 0..<categories {
        // A variant has its own answer to one category in three; one answer in fifty is anybody's.
        let isOwn = (UInt64(category) &* 31 &+ variant) % 3 == 0
        let code = draw(50) == 0 ? 30 + draw(10) : isOwn ? 2 + variant : 1
        codes.append(draw(10) == 0 ? 0 : UInt16(code))
      }
      for _ in 0..<numbers {
        values.append(draw(10) == 0 ? .nan : Double(variant) + Double(draw(1_000)) / 1_000)
      }
    }
    let points = MixedPoints(
      count: count, codes: codes, values: values, categoryWeight: 1, numberWeight: 0.5,
      shrinkage: 0.15)
    _ = measured(size: 3, threads: 1) { $0.clusters(of: points.distances()) }
  }

  /// Prints what a clustering took and found. Returns the labels.
  private static func measured(
    size: Int, threads: Int, _ cluster: (HDBSCAN) -> DensityClusters
  ) -> [Int?] {
    var method = HDBSCAN()
    method.minimumClusterSize = size
    method.threads = threads
    let (wall, processor) = (Date(), clock())
    let clusters = cluster(method)
    let seconds = Date().timeIntervalSince(wall)
    let processorSeconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
    let noise = clusters.labels.count { $0 == nil }
    print(
      seconds, processorSeconds, clusters.clusterCount, noise, clusters.algorithm, separator: "\t")
    return clusters.labels
  }
}

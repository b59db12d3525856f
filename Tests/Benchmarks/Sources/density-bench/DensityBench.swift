import DensityClustering
import Foundation

/// Clusters points from a file of doubles, row by row in the machine's byte order:
/// `density-bench POINTS DIMENSIONS MINIMUM-SIZE THREADS [LABELS]`.
/// Prints the seconds of the clustering alone, wall and processor, the number of clusters and of
/// noise points, and how it was done; writes the labels, one a line, where asked.
@main
enum DensityBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    let bytes = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    var coordinates = [Double](repeating: 0, count: bytes.count / MemoryLayout<Double>.size)
    _ = coordinates.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
    var method = HDBSCAN()
    method.minimumClusterSize = Int(arguments[3]) ?? 5
    method.threads = Int(arguments[4]) ?? 1
    let (wall, processor) = (Date(), clock())
    let clusters = method.clusters(
      of: PointSet(coordinates: coordinates, dimensions: Int(arguments[2]) ?? 1))
    let seconds = Date().timeIntervalSince(wall)
    let processorSeconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
    let noise = clusters.labels.count { $0 == nil }
    print(
      seconds, processorSeconds, clusters.clusterCount, noise, clusters.algorithm, separator: "\t")
    if arguments.count > 5 {
      let text = clusters.labels.map { "\($0 ?? -1)\n" }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[5]))
    }
  }
}

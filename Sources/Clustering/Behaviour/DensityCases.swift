import DensityClustering
public import Foundation

/// Cases of density clustering to be answered, as JSON: what the judge of the library asks.
///
/// Numbers that JSON has not are the texts `NaN`, `Infinity` and `-Infinity`.
public enum DensityCases {
  private struct Case: Decodable {
    var points: [[Double]]?
    var distances: [[Double]]?
    var metric: String?
    var minimumClusterSize: Int
    var minimumSamples: Int?
    var selection: String?
    var epsilon: Double?
    var maximumClusterSize: Int?
    var allowsSingleCluster: Bool?
    var dimensions: Double?
    var threads: Int?
  }

  private struct Answer: Encodable {
    var labels: [Int]
    var probabilities: [Double]
    var outlierScores: [Double]
    var heights: [Double]
    var order: [Int]
    var cophenetic: [Double]
    var validity: Double?
    var silhouette: Double?
    var algorithm: String
  }

  /// - Parameter input: a list of cases. Returns a list of answers.
  public static func answers(to input: Data) throws -> Data {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try encoder.encode(decoder.decode([Case].self, from: input).map(answer))
  }

  private static func answer(_ given: Case) -> Answer {
    var method = HDBSCAN()
    method.minimumClusterSize = given.minimumClusterSize
    method.minimumSamples = given.minimumSamples
    method.selection = given.selection.flatMap(HDBSCAN.Selection.init) ?? .excessOfMass
    method.selectionEpsilon = given.epsilon ?? 0
    method.maximumClusterSize = given.maximumClusterSize
    method.allowsSingleCluster = given.allowsSingleCluster ?? false
    method.threads = given.threads ?? 1
    let clusters: DensityClusters
    let distances: DistanceMatrix
    let dimensions: Double
    if let points = given.points {
      let width = max(1, points.first?.count ?? 1)
      let set = PointSet(
        coordinates: points.flatMap(\.self), dimensions: width,
        metric: given.metric.flatMap(PointSet.Metric.init) ?? .euclidean)
      clusters = method.clusters(of: set)
      distances = DistanceMatrix(set)
      dimensions = given.dimensions ?? Double(width)
    } else {
      let rows = given.distances ?? []
      distances = DistanceMatrix(rows.flatMap(\.self), count: rows.count)
      clusters = method.clusters(of: distances)
      dimensions = given.dimensions ?? 1
    }
    return Answer(
      labels: clusters.labels.enumerated().map { point, label in
        switch clusters.excluded[point] {
        case .infinite: -2
        case .missing: -3
        case nil: label ?? -1
        }
      },
      probabilities: clusters.probabilities, outlierScores: clusters.outlierScores,
      heights: clusters.hierarchy.merges.map(\.distance), order: clusters.hierarchy.order,
      cophenetic: clusters.hierarchy.count <= 64 ? clusters.hierarchy.copheneticDistances() : [],
      validity: PartitionQuality.densityValidity(
        distances, labels: clusters.labels, dimensions: dimensions),
      silhouette: PartitionQuality.meanSilhouette(distances, labels: clusters.labels),
      algorithm: clusters.algorithm)
  }
}

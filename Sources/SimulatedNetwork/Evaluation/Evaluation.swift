internal import Artifact
internal import DensityClustering
internal import Records
internal import Statistics

/// How well the pipeline recovered what was planted: <doc:Evaluation>.
public struct Evaluation: Sendable {
  /// One measure of one task; nil where it is not defined for this network.
  public struct Measure: Sendable, Equatable {
    public let task: String
    public let name: String
    public let value: Double?
  }

  public private(set) var measures: [Measure] = []

  /// - Parameters:
  ///   - truth: file that `simnet run` or `simnet write` wrote.
  ///   - dataset: folder of the dataset that was derived from its scans.
  ///   - labels: a file of labels (`labels.v1`) by which its likely operators are judged too.
  /// - Throws: `simnet.other-network` where the dataset is of another network than the truth, or an
  ///   `ArtifactError`.
  public init(truth: String, dataset: String, labels: String? = nil) throws {
    let rows = try ArtifactReader<TruthRow>(path: truth, manifest: .beside).all()
    let derived = try DerivedDataset(path: dataset)
    try Self.check(rows, derived, dataset: dataset)
    judgeResolution(rows, derived)
    let servers = ServerTruth.all(rows, derived)
    judgeOperators(servers, derived)
    judgePairs(servers, derived)
    judgeBehaviour(servers, derived)
    judgeDeviations(servers, derived)
    judgeIndicators(servers, derived)
    if let labels { try judgeOperators(byLabels: labels, dataset: dataset) }
  }

  /// Most of what was reached must be in the truth.
  private static func check(
    _ rows: [TruthRow], _ derived: DerivedDataset, dataset: String
  ) throws(SimulationError) {
    let known = Set(rows.map { DerivedDataset.key($0.address, $0.port, $0.transport) })
    let strangers = derived.serverOf.keys.filter { !known.contains($0) }.sorted()
    guard strangers.count * 2 <= derived.serverOf.count, !derived.serverOf.isEmpty else {
      throw SimulationError(
        .otherNetwork, place: dataset,
        found: strangers.first.map {
          "\(strangers.count) of \(derived.serverOf.count) reached endpoints are not in the "
            + "truth, as \($0)"
        } ?? "no endpoint was reached",
        remedy: "give the truth of the network that this dataset was measured on")
    }
  }

  // MARK: Partitions

  private mutating func judgeResolution(_ rows: [TruthRow], _ derived: DerivedDataset) {
    let found = rows.compactMap { row -> (truth: String, id: String, host: String)? in
      let key = DerivedDataset.key(row.address, row.port, row.transport)
      guard let id = derived.serverOf[key] else { return nil }
      return (row.server, id, derived.hostOf[key] ?? "")
    }
    add("discovery", "endpoints.planted", Double(rows.count))
    add("discovery", "endpoints.reached", Double(found.count))
    let truth = found.map(\.truth)
    add("server-resolution", PartitionComparison(truth: truth, prediction: found.map(\.id)))
    add(
      "server-resolution.baseline-host",
      PartitionComparison(truth: truth, prediction: found.map(\.host)))
  }

  /// Servers that were classed, by what they say they are.
  private mutating func judgeBehaviour(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let classed = servers.compactMap { server in
      derived.classOf[server.serverID].map { (server, $0) }
    }
    add("behaviour-classes", "servers.classed", Double(classed.count))
    let truth = classed.map(\.0.software)
    add("behaviour-classes", PartitionComparison(truth: truth, prediction: classed.map(\.1)))
    add(
      "behaviour-classes.baseline-identification",
      PartitionComparison(
        truth: truth, prediction: classed.map { derived.softwareOf[$0.0.serverID] ?? "" }))
    let families = classed.map { derived.familyOf[$0.0.serverID] ?? $0.1 }
    add(
      "behaviour-families", "servers.in-a-family",
      Double(classed.count { derived.familyOf[$0.0.serverID] != nil }))
    add("behaviour-families", PartitionComparison(truth: truth, prediction: families))
    add(
      "behaviour-families.baseline-gower",
      PartitionComparison(
        truth: truth, prediction: Self.plainClusters(classed.map(\.0.serverID), derived)))
  }

  /// What a textbook would do: Gower's distance between servers, and HDBSCAN on it. A server in no
  /// cluster is one of its own.
  private static func plainClusters(_ servers: [String], _ derived: DerivedDataset) -> [Int] {
    let rows = servers.map { derived.signaturesOf[$0] ?? [:] }
    let probes = Set(rows.flatMap(\.keys)).sorted()
    var codeOf: [String: UInt16] = [:]
    let codes = rows.flatMap { row in
      probes.map { probe -> UInt16 in
        guard let signature = row[probe] else { return 0 }
        let code = codeOf[signature] ?? UInt16(clamping: codeOf.count + 1)
        codeOf[signature] = code
        return code
      }
    }
    let points = MixedPoints(count: servers.count, codes: codes, values: [], shrinkage: 0)
    let labels = HDBSCAN().clusters(of: points.distances()).labels
    return labels.enumerated().map { $1 ?? -1 - $0 }
  }

  // MARK: Measures

  mutating func add(_ task: String, _ name: String, _ value: Double?) {
    measures.append(Measure(task: task, name: name, value: value))
  }

  mutating func add(_ task: String, _ comparison: PartitionComparison) {
    let pairs = comparison.pairs
    for (name, value) in [
      ("pairs.true", Double(pairs.truth)), ("pairs.found", Double(pairs.prediction)),
      ("pairwise.precision", comparison.pairwisePrecision),
      ("pairwise.recall", comparison.pairwiseRecall), ("pairwise.f1", comparison.pairwiseF1),
      ("b-cubed.precision", comparison.bCubedPrecision),
      ("b-cubed.recall", comparison.bCubedRecall), ("b-cubed.f1", comparison.bCubedF1),
      ("adjusted-rand", comparison.adjustedRandIndex),
      ("homogeneity", comparison.homogeneity), ("completeness", comparison.completeness),
      ("v-measure", comparison.vMeasure),
      ("over-merged", Double(comparison.overMerged)),
      ("under-merged", Double(comparison.underMerged)),
    ] {
      add(task, name, value)
    }
  }
}

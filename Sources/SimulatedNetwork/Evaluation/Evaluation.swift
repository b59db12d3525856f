public import Artifact
internal import Records
internal import Statistics

/// How well the pipeline recovered what was planted (methods 9).
public struct Evaluation: Sendable {
  /// One measure of one task; nil where it is not defined for this network.
  public struct Measure: Sendable, Equatable {
    public let task: String
    public let name: String
    public let value: Double?
  }

  public private(set) var measures: [Measure] = []

  /// - Parameters:
  ///   - truth: file that `simnet run` wrote.
  ///   - dataset: folder of the dataset that was derived from its scans.
  public init(truth: String, dataset: String) throws(ArtifactError) {
    let rows = try ArtifactReader<TruthRow>(path: truth, manifest: .beside).all()
    let derived = try DerivedDataset(path: dataset)
    judgeResolution(rows, derived)
    let servers = Self.servers(rows, derived)
    judgeOperators(servers, derived)
    judgeDeviations(servers, derived)
  }

  /// A true server that was reached: the observed one that most of its endpoints belong to.
  private struct ServerTruth {
    let serverID: String
    let operatorID: String
    let deviations: [String]
  }

  private static func servers(_ rows: [TruthRow], _ derived: DerivedDataset) -> [ServerTruth] {
    let groups = Dictionary(grouping: rows, by: \.server)
    return groups.sorted { $0.key < $1.key }.compactMap { _, endpoints in
      var votes: [String: Int] = [:]
      for row in endpoints {
        let key = DerivedDataset.key(row.address, row.port, row.transport)
        if let id = derived.serverOf[key] { votes[id, default: 0] += 1 }
      }
      let best = votes.min { ($1.value, $0.key) < ($0.value, $1.key) }
      guard let best, let first = endpoints.first else { return nil }
      return ServerTruth(
        serverID: best.key, operatorID: first.operatorID, deviations: first.deviations)
    }
  }

  // MARK: Tasks

  private mutating func judgeResolution(_ rows: [TruthRow], _ derived: DerivedDataset) {
    let found = rows.compactMap { row in
      derived.serverOf[DerivedDataset.key(row.address, row.port, row.transport)]
        .map { (row.server, $0) }
    }
    add("discovery", "endpoints.planted", Double(rows.count))
    add("discovery", "endpoints.reached", Double(found.count))
    add(
      "server-resolution",
      PartitionComparison(truth: found.map(\.0), prediction: found.map(\.1)))
  }

  private mutating func judgeOperators(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let truth = servers.map(\.operatorID)
    func judge(_ task: String, _ label: (OperatorMembership) -> String?) -> PartitionComparison {
      PartitionComparison(
        truth: truth,
        prediction: servers.map { derived.operators[$0.serverID].flatMap(label) ?? $0.serverID })
    }
    add("operators.identity", judge("identity") { $0.identityID })
    add("operators.likely", judge("likely") { $0.operatorID })
    for group in Set(derived.links.map(\.group)).sorted() {
      add(
        "operators.by-\(group)",
        PartitionComparison(
          truth: truth, prediction: Self.components(servers, derived.links, group: group)))
    }
  }

  /// The partition that the links of one evidence group alone make.
  private static func components(
    _ servers: [ServerTruth], _ links: [OperatorLink], group: String
  ) -> [Int] {
    let index = Dictionary(
      servers.enumerated().map { ($1.serverID, $0) }, uniquingKeysWith: { first, _ in first })
    var sets = UnionFind(count: servers.count)
    for link in links where link.group == group {
      if let a = index[link.serverA], let b = index[link.serverB] { _ = sets.union(a, b) }
    }
    return servers.map { sets.representative(of: index[$0.serverID] ?? 0) }
  }

  private mutating func judgeDeviations(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let judged = servers.compactMap { server in
      derived.deviations[server.serverID].map { (server, $0) }
    }
    let planted = judged.filter { !$0.0.deviations.isEmpty }
    add("deviations", "servers.planted", Double(planted.count))
    add(
      "deviations", "servers.planted-and-fired",
      Double(planted.count { !$0.1.fired.isEmpty }))
    add(
      "deviations", "servers.honest-and-fired",
      Double(judged.count { $0.0.deviations.isEmpty && !$0.1.fired.isEmpty }))
    let scored = judged.compactMap { server, deviation in
      deviation.score.map { (score: $0, isPositive: !server.deviations.isEmpty) }
    }
    let scoring = BinaryScoring(scored)
    add("deviation-score", "servers.scored", Double(scored.count))
    add("deviation-score", "auc", scoring.areaUnderCurve)
    add("deviation-score", "average-precision", scoring.averagePrecision)
    add("deviation-score", "precision-at-20", scoring.precision(at: 20))
    add("deviation-score", "brier", scoring.brier)
    add("deviation-score", "calibration-error", scoring.calibrationError())
  }

  // MARK: Measures

  private mutating func add(_ task: String, _ name: String, _ value: Double?) {
    measures.append(Measure(task: task, name: name, value: value))
  }

  private mutating func add(_ task: String, _ comparison: PartitionComparison) {
    let pairs = comparison.pairs
    for (name, value) in [
      ("pairs.true", Double(pairs.truth)), ("pairs.found", Double(pairs.prediction)),
      ("pairwise.precision", comparison.pairwisePrecision),
      ("pairwise.recall", comparison.pairwiseRecall), ("pairwise.f1", comparison.pairwiseF1),
      ("b-cubed.precision", comparison.bCubedPrecision),
      ("b-cubed.recall", comparison.bCubedRecall), ("b-cubed.f1", comparison.bCubedF1),
      ("adjusted-rand", comparison.adjustedRandIndex), ("v-measure", comparison.vMeasure),
      ("over-merged", Double(comparison.overMerged)),
      ("under-merged", Double(comparison.underMerged)),
    ] {
      add(task, name, value)
    }
  }

  /// One object a task, measures rounded to nine significant digits.
  public var json: JSONValue {
    let tasks = Dictionary(grouping: measures, by: \.task)
    return .object(
      tasks.map { task, measures in
        (
          task,
          .object(
            measures.map { measure in
              (
                measure.name,
                measure.value.map { .number($0.rounded(significantDigits: 9)) } ?? .null
              )
            })
        )
      })
  }

  /// Writes `json` as a file that people can read, too.
  public func write(to path: String) throws(ArtifactError) {
    try FileBytes.write(Array(json.prettyText.utf8), to: path)
  }

  /// A line a measure, for people.
  public var table: String {
    let width = measures.map { $0.task.utf8.count + $0.name.utf8.count }.max() ?? 0
    return measures.map { measure in
      let name = "\(measure.task)  \(measure.name)"
      let space = String(repeating: " ", count: width + 4 - name.utf8.count)
      let value = measure.value.map { "\($0.rounded(significantDigits: 4))" } ?? "not defined"
      return name + space + value + "\n"
    }.joined()
  }
}

import Artifact
import Records
import StageKit
import Statistics

/// Judges likely operators by labels of groups.
///
/// A group is a sample of the operators there are, drawn with the chance of finding one of its servers. A
/// label that rests on evidence which the linkage uses too proves little where that evidence is used: such
/// labels are judged with the group of evidence left out, and that figure stands first.
public struct OperatorLabels {
  private let labels: [Label]
  private let directory: ServerDirectory

  public init(_ file: LabelFile, _ directory: ServerDirectory) {
    labels = file.inForce.filter { $0.kind == .operator }
    self.directory = directory
  }

  /// - Parameter clusters: the folder of the clusters.
  public func report(clusters: String) throws -> LabelReport {
    let members = try ArtifactReader<OperatorMembership>(folder: clusters).all()
    let likely = members.reduce(into: [:]) { $0[$1.serverID] = $1.operatorID }
    let declared = members.reduce(into: [:]) { $0[$1.serverID] = $1.declaredID }
    var variants: [String: [String: String]] = [:]
    let bands = try ArtifactReader<OperatorBand>(folder: clusters)
    while let row = try bands.next() {
      variants[row.variant, default: [:]][row.serverID] = row.operatorID
    }
    return try report(likely: likely, declared: declared, variants: variants)
  }

  /// - Parameters: the operator of each server by partition; of those that were never reached, variants
  ///   have none.
  func report(
    likely: [String: String], declared: [String: String], variants: [String: [String: String]]
  ) throws(StageError) -> LabelReport {
    var report = LabelReport()
    let reached = variants.values.first.map { variant in likely.filter { variant[$0.key] != nil } }
    let likely = reached ?? likely
    let declared = declared.filter { likely[$0.key] != nil }
    let placed = place(known: likely, &report)
    let groups = Set(labels.compactMap(\.evidenceGroup)).sorted()
    for group in groups {
      let resting = placed.filter { $0.value.evidenceGroup == group }
      guard let without = variants["without-\(group)"] else { throw unknown(group, variants) }
      judge(resting, ("without-\(group)", without), "labels-on-\(group)", &report)
      judge(resting, ("likely", likely), "labels-on-\(group)", &report)
      judge(resting, ("declared", declared), "labels-on-\(group)", &report)
    }
    let others = placed.filter { $0.value.evidenceGroup == nil }
    judge(others, ("likely", likely), "labels", &report)
    judge(others, ("declared", declared), "labels", &report)
    forbid(placed, likely, &report)
    return report
  }

  private func unknown(_ group: String, _ variants: [String: [String: String]]) -> StageError {
    let left = variants.keys.filter { $0.hasPrefix("without-") }.map { $0.dropFirst(8) }.sorted()
    return StageError(
      .badInput, place: "labels, key evidence_group",
      expected: "a group that operator_bands leaves out: \(left.joined(separator: ", "))",
      found: EscapedText.escape(group),
      remedy: "name that group, or none where the label rests on evidence that is not used")
  }

  /// The label of each server that is judged; how many labels there are of each kind of use.
  private func place(
    known: [String: String], _ report: inout LabelReport
  ) -> [String: Label] {
    var placed: [String: Label] = [:]
    var conflicting: Set<String> = []
    var absent = 0
    var silent = 0
    let scoreable = labels.filter(\.isScoreable)
    let current = scoreable.filter { directory.isOfTime($0.date) }
    for label in current {
      let servers = directory.servers(label.unit)
      if servers.isEmpty { absent += 1 }
      let judged = servers.filter { known[$0] != nil }
      if judged.isEmpty, !servers.isEmpty { silent += 1 }
      for server in judged {
        if let other = placed[server], other.label != label.label { conflicting.insert(server) }
        placed[server] = label
      }
    }
    for server in conflicting { placed[server] = nil }
    let counts = [
      ("labels", labels.count),
      ("labels.unusable", labels.count { $0.verdict == .unusable }),
      ("labels.not-scoreable", labels.count { $0.verdict == .notScoreable }),
      ("labels.of-another-time", scoreable.count - current.count),
      ("labels.not-in-the-dataset", absent), ("labels.never-reached", silent),
      ("servers.of-two-groups", conflicting.count), ("servers.judged", placed.count),
    ]
    for (name, count) in counts {
      report.measures.append(LabelMeasure("operator-labels", name, Double(count)))
    }
    return placed
  }

  private func judge(
    _ placed: [String: Label], _ partition: (name: String, operators: [String: String]),
    _ labels: String, _ report: inout LabelReport
  ) {
    if placed.isEmpty { return }
    let task = "\(labels).\(partition.name)"
    let all = SampledClusters(sample: placed.mapValues(\.label), prediction: partition.operators)
    let whole = SampledClusters(
      sample: placed.filter(\.value.complete).mapValues(\.label), prediction: partition.operators)
    func add(_ name: String, _ estimate: RatioEstimate?) {
      report.measures.append(
        LabelMeasure(
          task, name, estimate.map { min(1, max(0, $0.value)) }, estimate?.interval(),
          simulated: "operators.\(partition.name)"))
    }
    report.measures.append(LabelMeasure(task, "groups", Double(all.count)))
    report.measures.append(LabelMeasure(task, "groups.of-several", Double(all.several)))
    report.measures.append(LabelMeasure(task, "groups.whole", all.whole, of: all.several))
    add("pairwise.recall", all.pairwiseRecall)
    add("b-cubed.recall", all.several == 0 ? nil : all.bCubedRecall)
    add("by-group.recall", all.several == 0 ? nil : all.clusterRecall)
    // What else a group has nobody knows unless it is labelled whole.
    report.measures.append(LabelMeasure(task, "groups.complete", Double(whole.count)))
    report.measures.append(LabelMeasure(task, "groups.pure", whole.pure, of: whole.count))
    add("pairwise.precision", whole.pairwisePrecision)
    add("b-cubed.precision", whole.bCubedPrecision)
    add("by-group.precision", whole.clusterPrecision)
  }

  /// Permanent cases: such a server stands with no labelled server of another group.
  private func forbid(
    _ placed: [String: Label], _ likely: [String: String], _ report: inout LabelReport
  ) {
    let permanent = placed.filter(\.value.mustNotFire).sorted { $0.key < $1.key }
    var fired = 0
    for (server, label) in permanent {
      let joined = placed.filter { other, its in
        other != server && its.label != label.label && likely[other] == likely[server]
          && (!its.mustNotFire || server < other)
      }
      for (other, its) in joined.sorted(by: { $0.key < $1.key }) {
        fired += 1
        report.failures.append(
          "\(label.unit) (\(server)) and \(its.unit) (\(other)) are joined: \(label.rationale)")
      }
    }
    report.measures.append(
      LabelMeasure("must-not-fire.operators", "servers", Double(permanent.count)))
    report.measures.append(LabelMeasure("must-not-fire.operators", "pairs-joined", Double(fired)))
  }
}

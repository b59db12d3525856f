public import Artifact
public import Labels
import PhishingTexts
import Records
public import StageKit

/// Judges verdicts and readings of texts by labels of conduct.
public struct ConductLabels {
  private let labels: [Label]
  private let assumptions: ScoreAssumptions

  /// Throws where a label rests on evidence that is no family of the score.
  public init(_ file: LabelFile, _ parameters: ScoreParameters) throws(StageError) {
    labels = file.inForce
    let families = IndicatorFamily.scored.map(\.name)
    for label in labels where label.kind != .operator {
      guard let group = label.evidenceGroup, !families.contains(group) else { continue }
      throw StageError(
        .badInput, place: "label \(EscapedText.escape(label.id)), key evidence_group",
        expected: "one of \(families.joined(separator: ", "))", found: EscapedText.escape(group),
        remedy: "name that family, or none")
    }
    assumptions = ScoreAssumptions(parameters)
  }

  public var needsServers: Bool { labels.contains { $0.kind == .conduct } }

  /// - Parameter directory: whose verdicts the labels of conduct are compared with.
  public func report(
    scores: String, directory: ServerDirectory
  ) throws(ArtifactError) -> LabelReport {
    let deviations = try ArtifactReader<Deviation>(folder: scores).all()
      .reduce(into: [String: Deviation]()) { $0[$1.serverID] = $1 }
    var report = LabelReport()
    add(deviations, directory, to: &report)
    addTexts(to: &report)
    return report
  }

  /// Of labels of texts alone, which need no dataset.
  public func textReport() -> LabelReport {
    var report = LabelReport()
    addTexts(to: &report)
    return report
  }

  // MARK: Servers

  private func add(
    _ deviations: [String: Deviation], _ directory: ServerDirectory, to report: inout LabelReport
  ) {
    let conduct = labels.filter { $0.kind == .conduct }
    var placed: [(label: Label, deviation: Deviation)] = []
    var absent = 0
    let scoreable = conduct.filter(\.isScoreable)
    let current = scoreable.filter { directory.isOfTime($0.date) }
    for label in current {
      let servers = directory.servers(label.unit).compactMap { deviations[$0] }
      if servers.isEmpty { absent += 1 }
      placed += servers.map { (label, $0) }
    }
    count(conduct, "conduct-labels", &report)
    report.measures += [
      LabelMeasure(
        "conduct-labels", "labels.of-another-time", Double(scoreable.count - current.count)),
      LabelMeasure("conduct-labels", "labels.not-in-the-dataset", Double(absent)),
    ]
    let groups = Set(conduct.compactMap(\.evidenceGroup)).sorted()
    for group in groups {
      let resting = placed.filter { $0.label.evidenceGroup == group }
      judge(
        resting.map { ($0.label, isFlagged($0.deviation, without: group)) },
        "labels-on-\(group).without-\(group)", &report)
      judge(
        resting.map { ($0.label, $0.deviation.flagged) }, "labels-on-\(group).flagged", &report)
    }
    judge(
      placed.filter { $0.label.evidenceGroup == nil }.map { ($0.label, $0.deviation.flagged) },
      "labels.flagged", &report)
    forbid(placed.map { ($0.label, $0.deviation.flagged) }, "must-not-fire.servers", &report)
  }

  /// Whether it were proved or suspected if nothing had fired in one family.
  private func isFlagged(_ deviation: Deviation, without family: String) -> Bool {
    let proved = deviation.proved.contains { id in
      IndicatorRule.all.contains { $0.id.text == id && $0.group.name != family }
    }
    let chances = deviation.families.compactMap { text -> (String, Double)? in
      let parts = text.split(separator: "=")
      guard parts.count == 2, let chance = Double(parts[1]) else { return nil }
      return (String(parts[0]), chance)
    }
    let named = Dictionary(chances, uniquingKeysWith: { first, _ in first })
    let none = IndicatorFamily.scored.reduce(1.0) { product, scored in
      let fired = scored.name == family ? nil : named[scored.name]
      return product * (1 - (fired ?? assumptions.familyPrior))
    }
    return proved || 1 - none >= DeviationScore.suspicion
  }

  // MARK: Texts

  private func addTexts(to report: inout LabelReport) {
    for (kind, name) in [(LabelKind.errorText, "error-texts"), (.banner, "banners")] {
      let own = labels.filter { $0.kind == kind }
      if own.isEmpty { continue }
      count(own, "\(name)-labels", &report)
      let judged = own.filter(\.isScoreable).map { ($0, Self.fires($0)) }
      judge(judged, "labels.\(name)", &report)
      forbid(judged, "must-not-fire.\(name)", &report)
    }
  }

  private static func fires(_ label: Label) -> Bool {
    switch label.kind {
    case .errorText: ErrorText.verdict(label.unit) != nil
    case .banner: BannerText.finding(label.unit, ownNames: [])?.strength == .strong
    case .operator, .conduct: false
    }
  }

  // MARK: Figures

  private func count(_ labels: [Label], _ task: String, _ report: inout LabelReport) {
    for (name, count) in [
      ("labels", labels.count),
      ("labels.unusable", labels.count { $0.verdict == .unusable }),
      ("labels.not-scoreable", labels.count { $0.verdict == .notScoreable }),
    ] {
      report.measures.append(LabelMeasure(task, name, Double(count)))
    }
  }

  private func judge(
    _ judged: [(label: Label, fired: Bool)], _ task: String, _ report: inout LabelReport
  ) {
    if judged.isEmpty { return }
    let fired = judged.filter(\.fired)
    let deviates = judged.filter { $0.label.verdict == .deviates }
    let both = fired.count { $0.label.verdict == .deviates }
    let simulated = task.hasSuffix(".flagged") ? "deviations" : nil
    report.measures.append(
      LabelMeasure(task, "precision", both, of: fired.count, simulated: simulated))
    report.measures.append(
      LabelMeasure(task, "recall", both, of: deviates.count, simulated: simulated))
    report.measures.append(
      LabelMeasure(
        task, "honest-and-fired", fired.count - both, of: judged.count - deviates.count))
  }

  private func forbid(
    _ judged: [(label: Label, fired: Bool)], _ task: String, _ report: inout LabelReport
  ) {
    let permanent = judged.filter(\.label.mustNotFire)
    report.measures.append(LabelMeasure(task, "cases", Double(permanent.count)))
    report.measures.append(LabelMeasure(task, "fired", Double(permanent.count(where: \.fired))))
    report.failures += permanent.filter(\.fired).map {
      "\($0.label.id) (\($0.label.unit.prefix(80))): \($0.label.rationale)"
    }
  }
}

internal import Records
internal import Statistics

extension Evaluation {
  /// Numbers of best-ranked items whose share of positives is told.
  private static let ranks = [5, 10, 20, 50]

  mutating func judgeDeviations(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let judged = servers.compactMap { server in
      derived.deviations[server.serverID].map { (server, $0) }
    }
    let planted = judged.filter { !$0.0.deviations.isEmpty }
    add("deviations", "servers.planted", Double(planted.count))
    add(
      "deviations", "servers.planted-and-fired", Double(planted.count { !$0.1.fired.isEmpty }))
    add(
      "deviations", "servers.honest-and-fired",
      Double(judged.count { $0.0.deviations.isEmpty && !$0.1.fired.isEmpty }))
    add(
      "deviations", "servers.planted-and-flagged", Double(planted.count { $0.1.flagged }))
    add(
      "deviations", "servers.honest-and-flagged",
      Double(judged.count { $0.0.deviations.isEmpty && $0.1.flagged }))
    let flagged = judged.filter(\.1.flagged)
    let both = Double(planted.count { $0.1.flagged })
    add("deviations", "precision", flagged.isEmpty ? nil : both / Double(flagged.count))
    add("deviations", "recall", planted.isEmpty ? nil : both / Double(planted.count))
    judgeKinds(judged)
    let scored = judged.compactMap { server, deviation in
      deviation.score.map { (score: $0, isPositive: !server.deviations.isEmpty) }
    }
    let scoring = BinaryScoring(scored)
    add("deviation-score", "servers.scored", Double(scored.count))
    addRanking("deviation-score", scoring)
    add("deviation-score", "brier", scoring.brier)
    add("deviation-score", "calibration-error", scoring.calibrationError())
  }

  /// Each planted kind: on how many servers it was planted, how many of them are flagged, and what
  /// their scores are in the mean. A server with two kinds counts under both.
  private mutating func judgeKinds(_ judged: [(ServerTruth, Deviation)]) {
    let kinds = Set(judged.flatMap { $0.0.deviations }).sorted()
    for kind in kinds {
      let servers = judged.filter { $0.0.deviations.contains(kind) }.map(\.1)
      let scores = servers.compactMap(\.score)
      add("kind.\(kind)", "servers.planted", Double(servers.count))
      add("kind.\(kind)", "servers.flagged", Double(servers.count { $0.flagged }))
      add("kind.\(kind)", "servers.proved", Double(servers.count { $0.verdict == .proved }))
      add(
        "kind.\(kind)", "score.mean",
        scores.isEmpty ? nil : scores.compensatedSum() / Double(scores.count))
    }
  }

  mutating func addRanking(_ task: String, _ scoring: BinaryScoring) {
    add(task, "auc", scoring.areaUnderCurve)
    add(task, "average-precision", scoring.averagePrecision)
    for rank in Self.ranks { add(task, "precision-at-\(rank)", scoring.precision(at: rank)) }
  }

  /// Each indicator that fired somewhere or was to fire: where it was planted, where it fired.
  mutating func judgeIndicators(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let expected = Dictionary(
      servers.map { ($0.serverID, ExpectedIndicators.expected(of: $0.deviations)) },
      uniquingKeysWith: { $0.union($1) })
    let rows = derived.indicators.filter { expected[$0.serverID] != nil }
    for (indicator, rows) in Dictionary(grouping: rows, by: \.indicator)
      .sorted(by: { $0.key < $1.key })
    {
      let planted = rows.filter { expected[$0.serverID]?.contains(indicator) == true }
      let fired = rows.filter { $0.status == .fired }
      if planted.isEmpty, fired.isEmpty { continue }
      let hits = planted.count { $0.status == .fired }
      let task = "indicator.\(indicator)"
      add(task, "servers.planted", Double(planted.count))
      add(task, "servers.planted-and-fired", Double(hits))
      add(task, "servers.planted-and-unknown", Double(planted.count { $0.status == .unknown }))
      add(task, "servers.false-alarms", Double(fired.count - hits))
    }
  }
}

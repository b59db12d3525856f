import Records

extension ScoreSensitivity {
  func rows(_ serverID: String, _ hits: [IndicatorHit]) -> [ScoreSensitivityRow] {
    bars(hits).map { bar in
      ScoreSensitivityRow().with {
        $0.serverID = serverID
        $0.assumption = bar.assumption
        $0.low = bar.low
        $0.high = bar.high
        $0.scoreAtLow = bar.scoreAtLow
        $0.scoreAtHigh = bar.scoreAtHigh
        $0.suspectedAtLow = bar.scoreAtLow >= DeviationScore.suspicion
        $0.suspectedAtHigh = bar.scoreAtHigh >= DeviationScore.suspicion
      }
    }
  }
}

extension NetworkStatement {
  /// Fills in the p-values of servers and of their operators, and which are reported.
  static func describe(
    _ deviations: inout [Deviation], _ indicators: [Indicator], voterOf: [String: String]
  ) {
    var fired: [String: [Double]] = [:]
    for indicator in indicators where indicator.status == .fired {
      guard let grade = indicator.grade, grade == .supporting || grade == .strong else { continue }
      fired[indicator.serverID, default: []].append(HonestHits.pValue(indicator.indicator))
    }
    for index in deviations.indices where deviations[index].evaluated > 0 {
      deviations[index].pValue = pValue(
        fired: fired[deviations[index].serverID] ?? [], observed: deviations[index].evaluated)
    }
    let byOperator = Dictionary(grouping: deviations) { voterOf[$0.serverID] ?? $0.serverID }
      .mapValues { pValue(servers: $0.compactMap(\.pValue)) }
    let judged = deviations.indices.filter { deviations[$0].pValue != nil }
    let kept = reported(judged.map { deviations[$0].pValue ?? 1 })
    for (index, isKept) in zip(judged, kept) {
      deviations[index].operatorPValue =
        byOperator[
          voterOf[deviations[index].serverID] ?? deviations[index].serverID]
      deviations[index].reported = isKept
    }
  }
}

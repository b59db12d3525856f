import Records

extension IndicatorRule {
  static let statusMismatch = IndicatorRule(
    id: "I5.status-mismatch", group: .content, grades: .init(.proved),
    statement: "A status of the server is not the digest of its own history.",
    explanation: .init(
      statistic:
        "Statuses that are not the digest of the history which the server told of the script on the same connection, before and after, where both are equal.",
      null: "The status of an honest server is the SHA-256 of its history, whatever it lists.",
      rationale:
        "A wallet that is told a wrong status asks for nothing new, or for everything again and again.",
      refutedBy: "A list of the script's transactions with that digest."),
    source: .published("electrum-protocol.readthedocs.io, Status"),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        for status in server.statuses where status.areListsEqual && !status.recomputed.isEmpty {
          seen.observations += 1
          if status.recomputed.contains(status.told) { continue }
          seen.hits.append(
            .init(
              .strong, status.script,
              "scan \(truth.scan): the status \(status.told ?? "null") of script \(status.script) is the digest of no history that it told",
              status.place))
        }
      }
    },
    conclude: { scans, fold in
      let firing = scans.filter { !$0.hits.isEmpty }
      let scripts = Set(firing.flatMap(\.hits).map(\.subject))
      let isProved = scripts.count >= 2 || fold.occasions(firing) >= 2 && !firing.isEmpty
      return fold.finding(scans) { _ in isProved ? .proved : .strong }
    })
}

extension ScanObservation {
  /// The same with some of its hits.
  func keeping(_ isKept: (Hit) -> Bool) -> ScanObservation {
    var kept = self
    kept.hits = hits.filter(isKept)
    return kept
  }
}

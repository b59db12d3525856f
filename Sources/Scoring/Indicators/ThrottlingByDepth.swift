import Records

extension IndicatorRule {
  static let throttlingByDepth = IndicatorRule(
    id: "I25.throttling-by-depth", group: .differential,
    grades: .init(.supporting, inSeries: .strong),
    statement:
      "The server answers questions for scripts much later, or not at all, after many of them on one connection, while it answers a ping at once.",
    explanation: .init(
      statistic:
        "Service time of the last question over 500 ms and over ten times that of the first, with the ping beside it under 500 ms; or three questions or more that time out on a connection that answers the ping.",
      null:
        "An honest server takes as long for the sixtieth question as for the first; a limit that slows everything slows the ping as well.",
      rationale:
        "Slowing deep wallets parts them from others, and keeps a client waiting on one server.",
      refutedBy: "A limit of a release that slows questions for scripts alone."),
    source: .published("electrumx-spesmilo.readthedocs.io, COST_SOFT_LIMIT"),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        for asked in server.alone {
          guard let isSlow = isSlow(asked) else { continue }
          seen.observations += 1
          if isSlow {
            seen.hits.append(
              .init(
                .supporting, "depth",
                "scan \(truth.scan): answers \(asked.question) much later at depth, and the ping at once",
                asked.place))
          }
        }
      }
    },
    conclude: { $1.recurring($0, .strong) })

  private static let slow = 500.0
  private static let factor = 10.0
  /// Service times below this are not told apart. Unit: milliseconds.
  private static let floor = 20.0
  private static let leastUnanswered = 3

  /// nil: nothing can be said.
  private static func isSlow(_ asked: ScanEvidence.AskedAlone) -> Bool? {
    guard let ping = asked.lastPing else { return nil }
    if ping >= slow { return false }
    if asked.unanswered >= leastUnanswered { return true }
    guard let first = asked.first, let last = asked.last else { return nil }
    return last > slow && last > factor * max(first, floor)
  }
}

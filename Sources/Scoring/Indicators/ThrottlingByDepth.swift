import Records

extension IndicatorRule {
  static let throttlingByDepth = IndicatorRule(
    id: "I25.throttling-by-depth", group: .differential,
    grades: .init(.supporting, inSeries: .strong),
    statement:
      "The server answers questions for scripts much later, or not at all, after many of them on one connection, while it answers a ping at once.",
    explanation: .init(
      statistic:
        "The last question's answer more than 500 ms later than the first's and than the ping beside it, beyond what padding of the traffic can add, and its service time over ten times the first's, where the ping itself is less than 500 ms later than the first ping; or three questions or more that time out on a connection that answers the ping.",
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
  /// The longest that a program holds small replies back to pad its traffic. Unit: milliseconds.
  private static let longestPadding = 1000.0

  /// nil: nothing can be said.
  private static func isSlow(_ asked: ScanEvidence.AskedAlone) -> Bool? {
    guard let ping = asked.last.ping else { return nil }
    if ping - (asked.first?.ping ?? 0) >= slow { return false }
    if asked.unanswered >= leastUnanswered { return true }
    guard let first = asked.first, let early = first.answer, let late = asked.last.answer,
      let earlyService = first.service, let lateService = asked.last.service
    else { return nil }
    // The ping beside it may have been held back as long, so that only the rest is the question's.
    var explained = 0.0
    if case .possible(let quickest) = asked.padding {
      explained = max(0, longestPadding - (ping - quickest))
    }
    return late - max(early, ping) > slow + explained
      && lateService > factor * max(earlyService, floor)
  }
}

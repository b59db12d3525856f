import Records

/// What became of the probes of one family at one endpoint.
struct FamilyTally {
  private var sessions = 0
  private var sessionsCutShort = 0
  private var probes: Set<String> = []
  private var answered: Set<String> = []
  private var outcomes: [Outcome: Int] = [:]

  mutating func addSession(isCutShort: Bool) {
    sessions += 1
    if isCutShort { sessionsCutShort += 1 }
  }

  mutating func take(_ exchange: Exchange) {
    probes.insert(exchange.probe)
    if Self.replies.contains(exchange.outcome) { answered.insert(exchange.probe) }
    outcomes[exchange.outcome, default: 0] += 1
  }

  /// Takes in how attempts ended in which nothing of the family was asked.
  mutating func take(_ attempts: [Outcome: Int]) {
    outcomes.merge(attempts) { $0 + $1 }
  }

  /// - Parameter isAsked: false where the outcomes are those of attempts.
  func row(
    endpointID: String, serverID: String, family: String, isAsked: Bool
  ) -> FamilyOutcome {
    let counts = isAsked ? outcomes : [:]
    let count = { (condition: (Outcome) -> Bool) in
      counts.reduce(0) { $0 + (condition($1.key) ? $1.value : 0) }
    }
    let asked = count { $0.isTested }
    let (results, errors) = (count { $0 == .answered }, count { $0 == .replyError })
    let (silent, throttled) = (count(Self.silence.contains), count { $0 == .throttled })
    let notApplicable = count { $0 == .untestedNotApplicable }
    return FamilyOutcome(endpointID: endpointID, family: family, serverID: serverID).with {
      $0.sessions = sessions
      $0.sessionsCutShort = sessionsCutShort
      $0.probes = probes.count
      $0.probesAnswered = answered.count
      $0.asked = asked
      $0.results = results
      $0.errors = errors
      $0.silent = silent
      $0.throttled = throttled
      $0.failed = asked - results - errors - silent - throttled
      $0.notApplicable = notApplicable
      $0.untested = count { !$0.isTested } - notApplicable
      $0.reasons = reasons
    }
  }

  private var reasons: [String] {
    outcomes.filter { !Self.replies.contains($0.key) }
      .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\($0.key.rawValue) \($0.value)" }
  }

  private static let replies: Set<Outcome> = [.answered, .replyError]
  private static let silence: Set<Outcome> = [.replyNone, .replyTimedOut]
}

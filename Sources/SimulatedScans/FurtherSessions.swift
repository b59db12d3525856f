internal import Collecting
internal import Probing
internal import Records
internal import Timekeeping

/// The connections of a plan that come after the main one, at the first endpoint of an address that
/// answered it.
struct FurtherSessions {
  private let encounter: Encounter
  private let pause: Int
  private let plan: ProbePlan

  /// - Parameter pause: between two connections to one address. Unit: µs.
  init(_ encounter: Encounter, pause: Int, of plan: ProbePlan) {
    self.encounter = encounter
    self.pause = pause
    self.plan = plan
  }

  /// Leads them one after the other, for as long as the server answers.
  ///
  /// - Parameters:
  ///   - number: of connections to the endpoint before this scan.
  ///   - time: when the main connection began, since the scan did. Unit: µs.
  ///   - outcome: of the main connection; afterwards, of all.
  func lead(
    _ candidate: Candidate, _ meeting: Meetings.Meeting, number: Int, from time: Int,
    _ start: UTCTime, _ outcome: inout VirtualCrawl.Outcome, _ write: (Connection) -> Void
  ) {
    var answers = meeting.answers
    // Further handshakes are for the wire: in memory no ticket is kept.
    var left = plan.sessions(at: candidate.address).dropFirst().filter { !$0.needsTLS }[...]
    var index = -1
    while let session = left.popFirst() {
      index += 1
      let began = outcome.duration + pause
      let result = encounter.attempt(
        candidate, at: meeting.endpoint, session: session, number: number + index + 2,
        place: index + 2, answers: answers,
        startedAt: UTCTime(microseconds: start.microseconds + time + began))
      answers = result.answers
      outcome.connections += 1
      outcome.duration = began + (result.connection.durationMicroseconds ?? 0)
      outcome.bytesReceived += result.connection.bytesReceived
      outcome.isThrottled = outcome.isThrottled || result.connection.isThrottled
      write(result.connection)
      if !plan.later.isEmpty { outcome.evidence?.take(result.connection) }
      guard result.connection.outcome == .answered, !outcome.isThrottled else {
        outcome.evidence = nil
        return
      }
      if session.isUnderWalletName, outcome.evidence?.differsByName == true {
        left = (plan.repeats + left)[...]
      }
    }
  }
}

package import Records

/// Which probe of a session may be put when, and what became of each: the bookkeeping of a
/// conversation, apart from writing requests and reading replies.
package struct ProbeSequence: Sendable {
  package let session: ProbeSession
  package private(set) var exchanges: [Exchange]
  package private(set) var end: Conversation.End?
  /// Requests sent and replies paired: grows with everything but noise.
  package private(set) var progress = 0
  package private(set) var inFlight: Set<Int> = []
  private var nextProbe = 0
  private var hasGivenUp = false
  private var delays = DelayRule()
  /// When bytes last left or arrived.
  private var lastTraffic = 0
  /// When a probe that is asked after a silence may leave; nil: none waits for that.
  package private(set) var silentUntil: Int?

  package init(_ session: ProbeSession) {
    self.session = session
    exchanges = session.probes.enumerated().map { index, probe in
      Exchange(outcome: .untestedSkipped, probe: probe.id).with {
        $0.id = index + 1
      }
    }
  }

  /// Smallest answer time of a ping that no padding delayed. Unit: µs.
  package var roundTripMicroseconds: Int? {
    exchanges.lazy.filter { $0.delay == .absent && KnownProbes.isPing($0.probe) }
      .compactMap(\.answerMicroseconds).min()
  }

  /// The probe under way that may be answered by anything.
  package var oddInFlight: Int? { inFlight.first { session.probes[$0].isOdd } }

  /// The next probe that may be put now.
  ///
  /// - Parameter write: the request of a probe; nil where the protocol has no such question, or
  ///   nothing is known to ask about.
  package mutating func next(
    at time: Int, _ write: (Int) -> [UInt8]?
  ) -> (index: Int, bytes: [UInt8])? {
    guard end == nil else { return nil }
    silentUntil = nil
    while nextProbe < session.probes.count {
      let probe = session.probes[nextProbe]
      let isAlone =
        nextProbe <= session.aloneCount || probe.isOdd || probe.pacing == .afterSilence
      let mayJoin =
        !isAlone && inFlight.count < session.window && oddInFlight == nil && !hasTimedInFlight
      guard inFlight.isEmpty || mayJoin, !waitsForBasis(nextProbe) else { return nil }
      if probe.pacing == .afterSilence, time < lastTraffic + session.silenceMicroseconds {
        silentUntil = lastTraffic + session.silenceMicroseconds
        return nil
      }
      let index = nextProbe
      nextProbe += 1
      if let bytes = write(index) {
        inFlight.insert(index)
        progress += 1
        lastTraffic = time
        exchanges[index].sentMicroseconds = time
        exchanges[index].outcome = .replyTimedOut
        return (index, bytes)
      }
      exchanges[index].outcome = .untestedNotApplicable
    }
    finishIfComplete()
    return nil
  }

  private var hasTimedInFlight: Bool {
    inFlight.contains { session.probes[$0].pacing == .afterSilence }
  }

  /// Whether the answer that a probe is made of may still come.
  private func waitsForBasis(_ index: Int) -> Bool {
    guard case .derived(let derivation) = session.probes[index].question,
      let basis = derivation.basis
    else { return false }
    // A buried transaction is known by the tip, too.
    let wanted = [basis, Probe.Derivation.tipProbe]
    return inFlight.contains { wanted.contains(session.probes[$0].id) }
  }

  /// A line that can be read has arrived, whatever it answers.
  ///
  /// - Parameter bytes: of the line with its padding and end.
  package mutating func sawLine(bytes: Int, padding: Int, at time: Int) {
    lastTraffic = max(lastTraffic, time)
    delays.sawLine(bytes: bytes, padding: padding, at: time)
  }

  /// The line last seen answers a probe.
  package mutating func answered(
    _ index: Int, _ outcome: Outcome, line: Int, padding: Int, since: Int?, at time: Int,
    software: String?
  ) {
    inFlight.remove(index)
    progress += 1
    exchanges[index].line = line
    exchanges[index].firstByteMicroseconds = since
    exchanges[index].lastByteMicroseconds = time
    exchanges[index].outcome = outcome
    exchanges[index].paddingBytes = padding
    exchanges[index].delay = delays.verdict(
      sentAt: exchanges[index].sentMicroseconds ?? 0, software: software)
  }

  /// Nothing will answer a probe.
  package mutating func wasSilent(on index: Int) {
    inFlight.remove(index)
    progress += 1
    exchanges[index].outcome = .replyNone
  }

  package mutating func finishIfComplete() {
    guard nextProbe == session.probes.count, inFlight.isEmpty else { return }
    finish(hasGivenUp ? .timedOut : .complete) { _ in .aborted }
  }

  /// Gives up what was not answered in time, once, and goes on with the probes that are asked alone behind
  /// many others: whether a ping is answered tells a server that delays some questions from one that is gone.
  ///
  /// - Returns: whether there are such probes, so that the conversation goes on.
  package mutating func giveUp() -> Bool {
    guard end == nil, !hasGivenUp, oddInFlight == nil, !inFlight.isEmpty, !inFlight.contains(0),
      let last = session.lastAloneStart, last >= nextProbe
    else { return false }
    hasGivenUp = true
    inFlight = []
    nextProbe = last
    progress += 1
    return true
  }

  /// Whether a probe was given up, so that a reply to it comes too late.
  package func isGivenUp(_ index: Int) -> Bool {
    hasGivenUp && !inFlight.contains(index) && exchanges[index].outcome == .replyTimedOut
  }

  /// Ends it, once; what is in flight gets the outcome that the end gives it.
  package mutating func finish(_ end: Conversation.End, _ unanswered: (Conversation.End) -> Outcome)
  {
    if self.end != nil { return }
    self.end = end
    for index in inFlight { exchanges[index].outcome = unanswered(end) }
    inFlight = []
    markServiceTimes()
  }

  /// Answer time over the connection's smallest, where no padding can have delayed either.
  private mutating func markServiceTimes() {
    guard let floor = roundTripMicroseconds else { return }
    for index in exchanges.indices where exchanges[index].delay == .absent {
      exchanges[index].serviceMicroseconds = exchanges[index].answerMicroseconds.map {
        max(0, $0 - floor)
      }
    }
  }
}

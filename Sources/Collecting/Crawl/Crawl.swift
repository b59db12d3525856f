import Artifact
import ElectrumProtocol
import Foundation
import Probing
import Records

/// A crawl to closure: every endpoint that anybody advertises, until nobody advertises another.
///
/// Endpoints of one neighbourhood form a chain: one connection at a time, with a pause between
/// connections to one address. Chains run side by side.
package actor Crawl {
  struct Chain {
    var pending: [Visit] = []
    var isRunning = false
  }

  private let connector: any Connecting
  private let resolve: @Sendable (HostName) async -> NameResolution
  let rules: ConductRules
  let settings: Settings
  let journal: ScanJournal
  let report: @Sendable (CrawlTally) -> Void

  private var frontier: Frontier
  var chains: [Neighbourhood: Chain] = [:]
  var lastEnd: [String: ContinuousClock.Instant] = [:]
  /// Addresses of servers that had enough of us: nothing more is asked of them in this scan.
  private var throttling: Set<String> = []
  private var rounds: PeerRounds
  /// What servers asked for in their own words.
  private var optOuts: [OptOutRequest] = []
  private var followUp: FollowUp
  /// Addresses of servers that were asked what is asked once.
  private var questioned: Set<String> = []
  private var slots: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var work = 0
  private var done: CheckedContinuation<Void, Never>?
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var nextTask = 0
  private var receivedBytes = 0
  var cause: Cause?
  var tally = CrawlTally()
  var earlier: EarlierRun
  private var clock = ClockCheck()
  var pace = CrawlPace()

  init(
    connector: any Connecting, resolve: @escaping @Sendable (HostName) async -> NameResolution,
    rules: ConductRules, frontier: Frontier, settings: Settings, journal folder: String,
    isResumed: Bool = false,
    report: @escaping @Sendable (CrawlTally) -> Void = { _ in }
  ) throws(ArtifactError) {
    self.connector = connector
    self.resolve = resolve
    self.rules = rules
    self.frontier = frontier
    self.settings = settings
    var earlier = EarlierRun()
    journal =
      isResumed
      ? try ScanJournal(resuming: folder, &earlier) : try ScanJournal(folder: folder)
    self.earlier = earlier
    self.report = report
    slots = settings.concurrency
    rounds = PeerRounds(most: settings.peerAnswers)
    followUp = FollowUp(settings.plan)
  }

  /// Crawls from the given lists; each list is one source. Runs once: the journal goes with the
  /// result.
  ///
  /// - Throws: where what was seen could not be written down.
  func run(from lists: [[AdvertisedPeer]]) async throws(ArtifactError) -> CrawlResult {
    let deadline = Task { [settings] in
      try? await Task.sleep(for: settings.timeBudget - settings.spent)
      if !Task.isCancelled { self.stop(.timeBudget) }
    }
    for list in lists { act(on: frontier.add(list)) }
    if work > 0 { await withCheckedContinuation { done = $0 } }
    deadline.cancel()
    if case .journal(let error)? = cause { throw error }
    return CrawlResult(
      journal: journal.close(),
      summary: CrawlSummary(
        resolutions: frontier.resolutions, dropped: frontier.dropped, tally: tally, cause: cause,
        optOuts: optOuts, clock: clock))
  }

  /// Begins no further connection; a signal also ends those under way.
  func stop(_ cause: Cause) {
    if self.cause != nil { return }
    self.cause = cause
    if case .signal = cause { connector.abortAll() }
    for task in tasks.values { task.cancel() }
  }

  private func act(on actions: [Frontier.Action]) {
    for action in actions {
      switch action {
      case .record(let candidate, let outcome): write(candidate.untested(outcome))
      case .contact(let candidate): enqueue(Visit(candidate: candidate))
      case .resolve(let name): lookUp(name)
      }
    }
    tally.frontier = frontier.endpointCount
    report(tally)
  }

  private func begin(_ body: @escaping @Sendable () async -> Void) {
    work += 1
    nextTask += 1
    let number = nextTask
    tasks[number] = Task {
      await body()
      self.ended(number)
    }
  }

  private func ended(_ number: Int) {
    tasks[number] = nil
    work -= 1
    if work == 0 { beginLaterVisits() }
    if work == 0, let done {
      self.done = nil
      done.resume()
    }
  }

  /// When all that is known has been visited, servers that answered are visited again.
  private func beginLaterVisits() {
    while work == 0, cause == nil {
      guard let visits = followUp.next(isLeftOut: { self.refusal($0) != nil }) else { return }
      for visit in visits { enqueue(visit) }
    }
  }

  private func lookUp(_ name: HostName) {
    if let known = earlier.take(name) { return begin { await self.resolved(name, known) } }
    // After an interruption the name is not known.
    if cause?.isInterruption == true { return }
    begin {
      let resolution = await self.resolve(name)
      await self.note(resolution)
      await self.resolved(name, resolution)
    }
  }

  private func resolved(_ name: HostName, _ resolution: NameResolution) {
    act(on: frontier.resolved(name, resolution))
  }

  private func note(_ resolution: NameResolution) {
    if cause?.isInterruption == true { return }
    do throws(ArtifactError) {
      try journal.append(resolution)
    } catch {
      stop(.journal(error))
    }
  }

  // MARK: Chains

  private func enqueue(_ visit: Visit) {
    let key = ConductRules.neighbourhood(of: visit.candidate)
    chains[key, default: Chain()].pending.append(visit)
    if chains[key]?.isRunning == true { return }
    chains[key]?.isRunning = true
    begin { await self.runChain(key) }
  }

  private func runChain(_ key: Neighbourhood) async {
    while let visit = takeNext(of: key) {
      if isKnown(visit) {
        await contact(visit)
        continue
      }
      if cause == nil { await waitForPause(visit) }
      if let (outcome, detail) = refusal(visit.candidate) {
        leave(visit, outcome, detail)
        continue
      }
      await contact(visit)
    }
    chains[key] = nil
  }

  /// Whether an earlier run has what the visit would give, or some of it.
  private func isKnown(_ visit: Visit) -> Bool {
    visit.session(settings).map { earlier.has($0.id, of: visit.candidate) }
      ?? earlier.knows(visit.candidate)
  }

  private func leave(_ visit: Visit, _ outcome: Outcome, _ detail: String) {
    // An endpoint that was contacted has its row; one that a later run asks gets it then.
    if visit.isRepeat || cause?.isInterruption == true { return }
    write(visit.candidate.untested(outcome, detail: detail))
  }

  /// Why a known endpoint is not contacted, if so.
  private func refusal(_ candidate: Candidate) -> (Outcome, String)? {
    if let cause { return (cause.outcome, cause.text) }
    if throttling.contains(candidate.address) {
      return (.untestedSkipped, "this address throttled us before")
    }
    if frontier.isOptedOut(candidate) {
      return (.untestedOptedOut, "the server's own text asks for it")
    }
    return nil
  }

  private func takeNext(of key: Neighbourhood) -> Visit? {
    let now = ContinuousClock.now
    return chains[key]?.pending.takeNext { readyTime($0, now) }
  }

  private func readyTime(
    _ visit: Visit, _ now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    lastEnd[visit.candidate.address].map { max(now, $0 + pause(before: visit)) } ?? now
  }

  private func pause(before visit: Visit) -> Duration {
    visit.isLater ? max(rules.pause, settings.snapshotSpacing) : rules.pause
  }

  private func waitForPause(_ visit: Visit) async {
    guard let last = lastEnd[visit.candidate.address] else { return }
    try? await Task.sleep(until: last + pause(before: visit), clock: .continuous)
  }

  private func waitForPause(_ address: String) async {
    guard let last = lastEnd[address] else { return }
    try? await Task.sleep(until: last + rules.pause, clock: .continuous)
  }

  private func acquireSlot() async {
    if slots > 0 {
      slots -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func releaseSlot() {
    if waiting.isEmpty { slots += 1 } else { waiting.removeFirst().resume() }
  }

  /// All connections that this endpoint is due, one after the other.
  private func contact(_ visit: Visit) async {
    let candidate = visit.candidate
    let isFirst = visit.purpose == .first
    var visit = visit
    var answers = EarlierAnswers()
    var evidence = VisitEvidence()
    var isAskedAgain = false
    var isWhole = true
    var left = visit.sessions(settings, &answers)[...]
    while let session = left.popFirst() {
      if isFirst, session.scope == .oncePerAddress, wasQuestioned(session, candidate) { continue }
      if session.needsTLS, candidate.transport != .ssl { continue }
      let isAnother = isFirst && visit.connections > 0
      guard let led = await lead(session, &visit, &answers, &evidence, isAnother: isAnother) else {
        isWhole = false
        break
      }
      isAskedAgain = isAskedAgain || led.toldMore
      // That a narrow offer is declined is an answer.
      if session.needsTLS, led.outcome.isFailedHandshake, refusal(candidate) == nil { continue }
      isWhole =
        led.outcome == .answered && (refusal(candidate) == nil || earlier.knows(candidate))
      if !isWhole { break }
      if session.isUnderWalletName, evidence.differsByName {
        left = (settings.plan.repeats + left)[...]
      }
    }
    if isFirst, visit.connections == 0, let (outcome, detail) = refusal(candidate) {
      leave(visit, outcome, detail)
    }
    if isFirst, isWhole {
      let isTheFirst = questioned.insert(candidate.address).inserted
      followUp.take(evidence, of: candidate, isLeader: isTheFirst)
    }
    followUp.note(visit)
    if isAskedAgain, refusal(candidate) == nil || isKnown(visit) { askAgain(visit) }
  }

  private func wasQuestioned(_ session: ProbeSession, _ candidate: Candidate) -> Bool {
    questioned.contains(candidate.address) || earlier.ledElsewhere(session.id, than: candidate)
  }

  private func askAgain(_ again: Visit) {
    var visit = again
    visit.purpose = .peers
    if isKnown(visit) { return enqueue(visit) }
    begin { [settings, visit] in
      try? await Task.sleep(for: settings.peerSpacing)
      await self.enqueueUnlessStopped(visit)
    }
  }

  private func enqueueUnlessStopped(_ visit: Visit) {
    if cause == nil { enqueue(visit) }
  }

  /// Arms of an experiment stand further apart than connections of a plan.
  ///
  /// - Parameter session: what comes after another connection of the same visit; nil: the first one.
  private func pause(_ session: ProbeSession?, _ address: String) async {
    await waitForPause(address)
    if session?.id.hasPrefix("differential.") == true {
      try? await Task.sleep(for: settings.armPause)
    }
  }

  /// One session at an endpoint: what earlier runs have of it first, the rest on a new connection.
  ///
  /// - Parameter isAnother: whether a connection of the same visit came before.
  /// - Returns: nil where the scan ended first.
  private func lead(
    _ session: ProbeSession, _ visit: inout Visit, _ answers: inout EarlierAnswers,
    _ evidence: inout VisitEvidence, isAnother: Bool
  ) async -> (outcome: Outcome, toldMore: Bool)? {
    let candidate = visit.candidate
    let isRepeat = visit.purpose == .peers && !isAnother
    let isCompared = visit.purpose == .first && !settings.plan.later.isEmpty
    var session = session
    var outcome: Outcome?
    var toldMore = false
    while let result = recall(session, candidate, answers) {
      visit.connections = max(visit.connections, result.connection.attempt)
      toldMore = take(result, of: candidate, isRepeat: isRepeat) || toldMore
      if isCompared { evidence.take(result.connection) }
      answers = result.answers
      outcome = outcome == .answered ? outcome : result.connection.outcome
      if !result.connection.isCutShort { return outcome.map { ($0, toldMore) } }
      session = session.asking(without: result.connection.settledProbes)
    }
    if refusal(candidate) == nil { await pause(isAnother ? session : nil, candidate.address) }
    await acquireSlot()
    defer { releaseSlot() }
    guard refusal(candidate) == nil else { return outcome.map { ($0, toldMore) } }
    visit.connections += 1
    let result = await connect(session, visit.connections, candidate, answers)
    answers = result.answers
    if isCompared { evidence.take(result.connection) }
    toldMore = take(result, of: candidate, isRepeat: isRepeat) || toldMore
    return (outcome == .answered ? .answered : result.connection.outcome, toldMore)
  }

  private func connect(
    _ session: ProbeSession, _ number: Int, _ candidate: Candidate, _ answers: EarlierAnswers
  ) async -> AttemptResult {
    tally.connected += 1
    tally.active += 1
    let result = await connector.attempt(
      candidate, session: session, number: number, answers: answers, log: journal.nextLog())
    tally.active -= 1
    lastEnd[candidate.address] = .now
    pace.ended(result.connection.durationMicroseconds ?? 0)
    write(result)
    return result
  }

  /// Goes by what a connection gave.
  ///
  /// - Returns: whether the server is to be asked for peers again.
  private func take(
    _ result: AttemptResult, of candidate: Candidate, isRepeat: Bool
  ) -> Bool {
    receivedBytes += result.connection.bytesReceived
    if result.connection.isThrottled { throttling.insert(candidate.address) }
    if receivedBytes > settings.byteBudget { stop(.byteBudget) }
    learn(SelfDescription(result.connection), candidate, result.connection.startedAt)
    guard let peers = result.peers else { return false }
    let told = (PeerTuple.list(peers, network: settings.network) ?? [])
      .compactMap { (try? $0.get()).map { AdvertisedPeer($0) } }
    act(on: frontier.add(told, from: candidate.address))
    // What a hostile server tells is remembered only so far.
    return settings.peerAnswers > 1 && !told.isEmpty
      && rounds.take(
        Array(told.prefix(frontier.peersPerSource)), from: candidate.address, isRepeat: isRepeat)
  }

  private func learn(_ words: SelfDescription, _ candidate: Candidate, _ startedAt: String?) {
    if words.asksToBeLeftOut {
      let request = OptOutRequest(candidate, startedAt: startedAt)
      frontier.optOut(request)
      optOuts.append(request)
    }
    words.tip.map { clock.take($0, startedAt: startedAt) }
    act(on: frontier.add(words.hosts, from: candidate.address))
  }
}

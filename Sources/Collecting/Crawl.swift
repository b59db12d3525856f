package import Artifact
import ElectrumProtocol
import Foundation
import Probing
package import Records

/// A crawl to closure: every endpoint that anybody advertises, until nobody advertises another.
///
/// Endpoints of one neighbourhood (/24 or /48) form a chain: one connection at a time, with a pause
/// between connections to one address. Chains run side by side up to a limit.
package actor Crawl {
  struct Settings: Sendable {
    var concurrency = 128
    var byteBudget = 1 << 30
    var timeBudget: Duration = .seconds(4 * 3600)
    var network = BitcoinNetwork.mainnet
    var plan: ProbePlan
    /// Between two arms of an experiment at one server.
    var armPause = Duration.seconds(ProbePlan.secondsBetweenArms)
    /// Answers to the question for peers that one address is asked for, and the time between them.
    var peerAnswers = 1
    var peerSpacing = Duration.seconds(60)
    /// Asks for peers once more.
    var peersAgain = ProbeSession.peersAgain(clientName: "")
  }

  /// Why a crawl ended before its frontier was empty.
  package enum Cause: Sendable, Equatable {
    case signal(Int32)
    case byteBudget
    case timeBudget
    /// What was seen could not be written down.
    case journal(ArtifactError)

    /// The outcome of what was known and is now not contacted.
    package var outcome: Outcome {
      switch self {
      case .byteBudget, .timeBudget: .untestedBudget
      case .signal, .journal: .untestedSkipped
      }
    }

    package var text: String {
      switch self {
      case .signal(let number): "signal \(number)"
      case .byteBudget: "the byte budget of the scan was used up"
      case .timeBudget: "the time budget of the scan was used up"
      case .journal(let error): "\(error)"
      }
    }
  }

  /// One visit to an endpoint: all connections of the plan, or the question for peers once more.
  private struct Visit: Comparable {
    let candidate: Candidate
    /// Connections made to the endpoint before.
    var connections = 0

    var isRepeat: Bool { connections > 0 }

    static func < (left: Visit, right: Visit) -> Bool {
      left.isRepeat == right.isRepeat
        ? left.candidate < right.candidate : right.isRepeat
    }
  }

  private struct Chain {
    var pending: [Visit] = []
    var isRunning = false
  }

  private let connector: any Connecting
  private let resolve: @Sendable (HostName) async -> NameResolution
  private let rules: ConductRules
  private let settings: Settings
  private let journal: ScanJournal
  private let report: @Sendable (CrawlTally) -> Void

  private var frontier: Frontier
  private var chains: [AddressRange: Chain] = [:]
  private var lastEnd: [String: ContinuousClock.Instant] = [:]
  /// Addresses of servers that had enough of us: nothing more is asked of them in this scan.
  private var throttling: Set<String> = []
  private var rounds: PeerRounds
  /// What servers asked for in their own words.
  private var optOuts: [OptOutRequest] = []
  /// Addresses of servers that were asked what is asked once.
  private var questioned: Set<String> = []
  private var slots: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var work = 0
  private var done: CheckedContinuation<Void, Never>?
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var nextTask = 0
  private var receivedBytes = 0
  private var cause: Cause?
  private var tally = CrawlTally()

  init(
    connector: any Connecting, resolve: @escaping @Sendable (HostName) async -> NameResolution,
    rules: ConductRules, frontier: Frontier, settings: Settings, journal folder: String,
    report: @escaping @Sendable (CrawlTally) -> Void = { _ in }
  ) throws(ArtifactError) {
    self.connector = connector
    self.resolve = resolve
    self.rules = rules
    self.frontier = frontier
    self.settings = settings
    journal = try ScanJournal(folder: folder)
    self.report = report
    slots = settings.concurrency
    rounds = PeerRounds(most: settings.peerAnswers)
  }

  /// Crawls from the given lists; each list is one source. Runs once: the journal goes with the
  /// result.
  ///
  /// - Throws: where what was seen could not be written down.
  func run(from lists: [[AdvertisedPeer]]) async throws(ArtifactError) -> CrawlResult {
    let deadline = Task { [settings] in
      try? await Task.sleep(for: settings.timeBudget)
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
        optOuts: optOuts))
  }

  /// Begins no further connection; a signal also ends those under way.
  func stop(_ cause: Cause) {
    if self.cause != nil { return }
    self.cause = cause
    if case .signal = cause { connector.abortAll() }
    for task in tasks.values { task.cancel() }
  }

  // MARK: Work

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
    if work == 0, let done {
      self.done = nil
      done.resume()
    }
  }

  private func lookUp(_ name: HostName) {
    begin {
      let resolution = await self.resolve(name)
      await self.resolved(name, resolution)
    }
  }

  private func resolved(_ name: HostName, _ resolution: NameResolution) {
    act(on: frontier.resolved(name, resolution))
  }

  // MARK: Chains

  private func enqueue(_ visit: Visit) {
    guard let address = IPAddress(visit.candidate.address) else { return }
    let key = ConductRules.neighbourhood(of: address)
    chains[key, default: Chain()].pending.append(visit)
    if chains[key]?.isRunning == true { return }
    chains[key]?.isRunning = true
    begin { await self.runChain(key) }
  }

  private func runChain(_ key: AddressRange) async {
    while let visit = takeNext(of: key) {
      if cause == nil { await waitForPause(visit.candidate.address) }
      if let (outcome, detail) = refusal(visit.candidate) {
        // An endpoint that was contacted has its row.
        if !visit.isRepeat { write(visit.candidate.untested(outcome, detail: detail)) }
        continue
      }
      await acquireSlot()
      if cause == nil { await contact(visit) } else { chains[key]?.pending.append(visit) }
      releaseSlot()
    }
    chains[key] = nil
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

  /// The endpoint whose address may be contacted first; of several the smallest.
  private func takeNext(of key: AddressRange) -> Visit? {
    guard let pending = chains[key]?.pending, !pending.isEmpty else { return nil }
    let now = ContinuousClock.now
    let best = pending.indices.min { left, right in
      let ready = (
        readyTime(pending[left].candidate, now), readyTime(pending[right].candidate, now)
      )
      return ready.0 == ready.1 ? pending[left] < pending[right] : ready.0 < ready.1
    }
    return best.flatMap { chains[key]?.pending.remove(at: $0) }
  }

  private func readyTime(
    _ candidate: Candidate, _ now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    lastEnd[candidate.address].map { max(now, $0 + rules.pause) } ?? now
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
    var visit = visit
    var answers = EarlierAnswers()
    var isAskedAgain = false
    var isWhole = true
    let sessions =
      visit.isRepeat ? [settings.peersAgain] : settings.plan.sessions(at: candidate.address)
    let isFirst = !visit.isRepeat
    for session in sessions {
      if session.scope == .oncePerAddress, questioned.contains(candidate.address) { continue }
      visit.connections += 1
      if isFirst, visit.connections > 1 { await pause(before: session, candidate.address) }
      guard cause == nil else { return }
      let (outcome, toldMore) = await lead(
        session, visit.connections, with: candidate, isRepeat: !isFirst, &answers)
      isAskedAgain = isAskedAgain || toldMore
      isWhole = outcome == .answered && refusal(candidate) == nil
      if !isWhole { break }
    }
    if isFirst, isWhole { questioned.insert(candidate.address) }
    if isAskedAgain, refusal(candidate) == nil { askAgain(visit) }
  }

  private func askAgain(_ visit: Visit) {
    begin { [settings] in
      try? await Task.sleep(for: settings.peerSpacing)
      await self.enqueueUnlessStopped(visit)
    }
  }

  private func enqueueUnlessStopped(_ visit: Visit) {
    if cause == nil { enqueue(visit) }
  }

  /// Arms of an experiment stand further apart than connections of a plan.
  private func pause(before session: ProbeSession, _ address: String) async {
    await waitForPause(address)
    if session.id.hasPrefix("differential.") { try? await Task.sleep(for: settings.armPause) }
  }

  private func lead(
    _ session: ProbeSession, _ number: Int, with candidate: Candidate, isRepeat: Bool,
    _ answers: inout EarlierAnswers
  ) async -> (Outcome, toldMore: Bool) {
    tally.connected += 1
    let result = await connector.attempt(
      candidate, session: session, number: number, answers: answers)
    answers = result.answers
    lastEnd[candidate.address] = .now
    receivedBytes += result.connection.bytesReceived
    if result.connection.isThrottled { throttling.insert(candidate.address) }
    write(result.connection, chain: result.chain)
    if receivedBytes > settings.byteBudget { stop(.byteBudget) }
    learn(SelfDescription(result.connection), candidate, result.connection.startedAt)
    guard let peers = result.peers else { return (result.connection.outcome, false) }
    let told = (PeerTuple.list(peers, network: settings.network) ?? [])
      .compactMap { (try? $0.get()).map { AdvertisedPeer($0) } }
    act(on: frontier.add(told, from: candidate.address))
    // What a hostile server tells is remembered only so far.
    let isAskedAgain =
      settings.peerAnswers > 1 && !told.isEmpty
      && rounds.take(
        Array(told.prefix(frontier.peersPerSource)), from: candidate.address,
        isRepeat: isRepeat)
    return (result.connection.outcome, isAskedAgain)
  }

  private func learn(_ words: SelfDescription, _ candidate: Candidate, _ startedAt: String?) {
    if words.asksToBeLeftOut {
      let request = OptOutRequest(candidate, startedAt: startedAt)
      frontier.optOut(request)
      optOuts.append(request)
    }
    act(on: frontier.add(words.hosts, from: candidate.address))
  }

  private func write(_ connection: Connection, chain: [[UInt8]] = []) {
    if connection.attempt == 1 { tally.count(connection.outcome) }
    report(tally)
    do throws(ArtifactError) {
      try journal.append(connection)
      for der in chain { try journal.append(certificate: der) }
    } catch {
      stop(.journal(error))
    }
  }
}

extension Connection {
  /// Whether the server had enough of us: nothing more is asked of its address in the scan.
  package var isThrottled: Bool {
    outcome == .throttled || exchanges.contains { $0.outcome == .throttled }
  }
}

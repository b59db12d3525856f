internal import Collecting
internal import ElectrumProtocol
internal import Probing
internal import Records

/// `collect`'s crawl on a clock of its own: the same frontier, conduct rules, chains of
/// neighbourhoods, pauses and budgets, with nobody waiting.
///
/// Times are microseconds since the scan began.
struct VirtualCrawl {
  /// What an attempt means to the crawl.
  struct Outcome {
    var duration: Int
    var bytesReceived: Int
    var isThrottled: Bool
    let peers: [ToldPeer]
    /// What the server says of itself; nil: nothing was said.
    var words: SelfDescription?
    var startedAt: String?
    /// Whether the connection in which it told of peers came to its end.
    var isAnswered = false
    /// Connections to the endpoint by now.
    var connections = 1
    /// What a whole first visit gave; nil: it was not whole, or nobody is visited again.
    var evidence: VisitEvidence?
  }

  /// A peer as told; those with one number are equal.
  struct ToldPeer {
    /// Nil: not numbered.
    let number: Int?
    let peer: AdvertisedPeer
  }

  struct Settings {
    /// Peers taken from one source.
    var peersPerSource: Int
    var concurrency: Int
    var byteBudget: Int
    var timeBudget: Int
    /// Between two connections to one address.
    var pause: Int
    /// Answers to the question for peers that one address is asked for, and the time between them.
    var peerAnswers = 1
    var peerSpacing = 0
    /// From the end of one visit to the next snapshot of the same server.
    var snapshotSpacing = 0
  }

  private enum Event {
    case begin(Neighbourhood, Visit)
    case end(Neighbourhood, Visit, Outcome)
    case again(Visit)
  }

  private struct Chain {
    var pending: [Visit] = []
    var isRunning = false
  }

  /// How often a numbered peer was heard of.
  private enum Hearing {
    case never, once
    case often(notContactable: Int)
  }

  private let settings: Settings
  private var heard: [Hearing] = []
  /// Drops that the frontier was spared counting.
  private var repeated = 0
  private let resolve: (HostName) -> NameResolution
  private let contact: (Visit, Int) -> (Outcome, Records.Outcome)
  private let leave: (Candidate, Records.Outcome, String) -> Void
  private var frontier: Frontier
  private var events = EventQueue<Event>()
  private var chains: [Neighbourhood: Chain] = [:]
  private var lastEnd: [String: Int] = [:]
  private var throttling: Set<String> = []
  private var slots: Int
  private var waiting: [(Neighbourhood, Visit)] = []
  private var rounds: PeerRounds
  private var optOuts: [OptOutRequest] = []
  private var followUp: FollowUp
  private var visited: Set<String> = []
  private var receivedBytes = 0
  private var cause: Crawl.Cause?
  private var tally = CrawlTally()
  private var now = 0
  /// Chains that have work again and are not started yet.
  private var idle: [Neighbourhood] = []

  /// - Parameters:
  ///   - contact: makes an attempt that begins at a time, and tells its outcome.
  ///   - leave: notes an endpoint that is not contacted, why, and what to say of it.
  init(
    _ frontier: Frontier, settings: Settings, plan: ProbePlan,
    resolve: @escaping (HostName) -> NameResolution,
    contact: @escaping (Visit, Int) -> (Outcome, Records.Outcome),
    leave: @escaping (Candidate, Records.Outcome, String) -> Void
  ) {
    self.frontier = frontier
    followUp = FollowUp(plan)
    self.settings = settings
    self.resolve = resolve
    self.contact = contact
    self.leave = leave
    slots = settings.concurrency
    rounds = PeerRounds(most: settings.peerAnswers)
  }

  /// - Returns: what the crawl gave besides rows, and how long it took.
  mutating func run(from lists: [[AdvertisedPeer]]) -> (summary: CrawlSummary, duration: Int) {
    for list in lists { act(on: frontier.add(list)) }
    startChains()
    while let (time, event) = nextEvent() {
      now = time
      if now > settings.timeBudget, cause == nil { cause = .timeBudget }
      switch event {
      case .begin(let key, let visit): begin(visit, of: key)
      case .end(let key, let visit, let outcome): end(visit, of: key, outcome)
      case .again(let visit): askAgain(visit)
      }
    }
    let summary = CrawlSummary(
      resolutions: frontier.resolutions,
      dropped: frontier.dropped.adding(notContactable: repeated), tally: tally, cause: cause,
      optOuts: optOuts)
    return (summary, now)
  }

  /// When nothing is left to do, servers that answered are visited again.
  private mutating func nextEvent() -> (Int, Event)? {
    while true {
      if let next = events.removeFirst() { return next }
      guard cause == nil else { return nil }
      var round = followUp
      let visits = round.next(isLeftOut: { refusal($0) != nil })
      followUp = round
      guard let visits else { return nil }
      for visit in visits { enqueue(visit) }
      startChains()
    }
  }

  // MARK: Frontier

  private mutating func act(on actions: [Frontier.Action]) {
    var names: [HostName] = []
    for action in actions {
      switch action {
      case .record(let candidate, let outcome): note(candidate, outcome, "")
      case .contact(let candidate): enqueue(Visit(candidate: candidate))
      case .resolve(let name): names.append(name)
      }
    }
    for name in names { act(on: frontier.resolved(name, resolve(name))) }
    tally.frontier = frontier.endpointCount
  }

  /// A frontier that has heard of a peer twice does the same whenever it hears of it again: nothing
  /// but counting what it drops.
  private mutating func learn(_ told: [ToldPeer], from source: String) {
    if told.count > settings.peersPerSource {
      return act(on: frontier.add(told.map(\.peer), from: source))
    }
    var fresh: [AdvertisedPeer] = []
    var second: [(Int, AdvertisedPeer)] = []
    for one in told {
      guard let number = one.number else {
        fresh.append(one.peer)
        continue
      }
      while number >= heard.count { heard.append(.never) }
      switch heard[number] {
      case .never:
        heard[number] = .once
        fresh.append(one.peer)
      case .once: second.append((number, one.peer))
      case .often(let drops): repeated += drops
      }
    }
    act(on: frontier.add(fresh, from: source))
    for (number, peer) in second {
      let before = frontier.dropped.notContactable
      act(on: frontier.add([peer], from: source))
      heard[number] = .often(notContactable: frontier.dropped.notContactable - before)
    }
  }

  private mutating func note(_ candidate: Candidate, _ outcome: Records.Outcome, _ detail: String) {
    tally.count(outcome, candidate.network, candidate.transport)
    leave(candidate, outcome, detail)
  }

  // MARK: Chains

  private mutating func enqueue(_ visit: Visit) {
    let key = ConductRules.neighbourhood(of: visit.candidate)
    chains[key, default: Chain()].pending.append(visit)
    if chains[key]?.isRunning != true { idle.append(key) }
    chains[key]?.isRunning = true
  }

  private mutating func askAgain(_ visit: Visit) {
    guard cause == nil else { return }
    enqueue(visit)
    startChains()
  }

  private mutating func startChains() {
    let keys = idle
    idle = []
    for key in keys { goOn(key) }
  }

  /// The endpoint of a chain that may be contacted first; of several the smallest.
  private mutating func goOn(_ key: Neighbourhood) {
    var pending = chains[key]?.pending ?? []
    guard let visit = pending.takeNext(readyAt: readyTime) else {
      chains[key] = nil
      return
    }
    chains[key]?.pending = pending
    events.add(.begin(key, visit), at: cause == nil ? readyTime(visit) : now)
  }

  private func readyTime(_ visit: Visit) -> Int {
    var pause = settings.pause
    if case .later = visit.purpose { pause = max(pause, settings.snapshotSpacing) }
    return lastEnd[visit.candidate.address].map { max(now, $0 + pause) } ?? now
  }

  private mutating func begin(_ visit: Visit, of key: Neighbourhood) {
    if let (outcome, detail) = refusal(visit.candidate) {
      if !visit.isRepeat { note(visit.candidate, outcome, detail) }
      return goOn(key)
    }
    guard slots > 0 else { return waiting.append((key, visit)) }
    slots -= 1
    tally.connected += 1
    let (outcome, word) = contact(visit, now)
    if !visit.isRepeat { tally.count(word, visit.candidate.network, visit.candidate.transport) }
    events.add(.end(key, visit, outcome), at: now + outcome.duration)
  }

  /// Why a known endpoint is not contacted, if so.
  private func refusal(_ candidate: Candidate) -> (Records.Outcome, String)? {
    if let cause { return (cause.outcome, cause.text) }
    if throttling.contains(candidate.address) {
      return (.untestedSkipped, "this address throttled us before")
    }
    if frontier.isOptedOut(candidate) {
      return (.untestedOptedOut, "the server's own text asks for it")
    }
    return nil
  }

  private mutating func end(_ visit: Visit, of key: Neighbourhood, _ outcome: Outcome) {
    let candidate = visit.candidate
    slots += 1
    lastEnd[candidate.address] = now
    receivedBytes += outcome.bytesReceived
    if outcome.isThrottled { throttling.insert(candidate.address) }
    if receivedBytes > settings.byteBudget, cause == nil { cause = .byteBudget }
    if let words = outcome.words { learn(words, candidate, outcome.startedAt) }
    learn(outcome.peers, from: candidate.address)
    if let evidence = outcome.evidence {
      followUp.take(
        evidence, of: candidate, isLeader: visited.insert(candidate.address).inserted)
    }
    var ended = visit
    ended.connections += outcome.connections
    followUp.note(ended)
    planRepeat(of: visit, outcome)
    startChains()
    goOn(key)
    while slots > 0, !waiting.isEmpty {
      let (key, visit) = waiting.removeFirst()
      begin(visit, of: key)
    }
  }

  private mutating func learn(
    _ words: SelfDescription, _ candidate: Candidate, _ startedAt: String?
  ) {
    if words.asksToBeLeftOut {
      let request = OptOutRequest(candidate, startedAt: startedAt)
      frontier.optOut(request)
      optOuts.append(request)
    }
    act(on: frontier.add(words.hosts, from: candidate.address))
  }

  private mutating func planRepeat(of visit: Visit, _ outcome: Outcome) {
    guard settings.peerAnswers > 1, outcome.isAnswered, !outcome.peers.isEmpty else { return }
    let told = outcome.peers.prefix(settings.peersPerSource).map(\.peer)
    guard
      rounds.take(told, from: visit.candidate.address, isRepeat: visit.purpose == .peers),
      refusal(visit.candidate) == nil
    else { return }
    var again = visit
    again.connections += outcome.connections
    again.purpose = .peers
    events.add(.again(again), at: now + settings.peerSpacing)
  }
}

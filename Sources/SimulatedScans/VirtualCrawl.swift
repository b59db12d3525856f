internal import Collecting
internal import ElectrumProtocol
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
  }

  private enum Event {
    case begin(AddressRange, Candidate)
    case end(AddressRange, Candidate, Outcome)
  }

  private struct Chain {
    var pending: [Candidate] = []
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
  private let contact: (Candidate, Int) -> (Outcome, Records.Outcome)
  private let leave: (Candidate, Records.Outcome, String) -> Void
  private var frontier: Frontier
  private var events = EventQueue<Event>()
  private var chains: [AddressRange: Chain] = [:]
  private var lastEnd: [String: Int] = [:]
  private var throttling: Set<String> = []
  private var slots: Int
  private var waiting: [(AddressRange, Candidate)] = []
  private var receivedBytes = 0
  private var cause: Crawl.Cause?
  private var tally = CrawlTally()
  private var now = 0
  /// Chains that have work again and are not started yet.
  private var idle: [AddressRange] = []

  /// - Parameters:
  ///   - contact: makes an attempt that begins at a time, and tells its outcome.
  ///   - leave: notes an endpoint that is not contacted, why, and what to say of it.
  init(
    _ frontier: Frontier, settings: Settings, resolve: @escaping (HostName) -> NameResolution,
    contact: @escaping (Candidate, Int) -> (Outcome, Records.Outcome),
    leave: @escaping (Candidate, Records.Outcome, String) -> Void
  ) {
    self.frontier = frontier
    self.settings = settings
    self.resolve = resolve
    self.contact = contact
    self.leave = leave
    slots = settings.concurrency
  }

  /// - Returns: what the crawl gave besides rows, and how long it took.
  mutating func run(from lists: [[AdvertisedPeer]]) -> (summary: CrawlSummary, duration: Int) {
    for list in lists { act(on: frontier.add(list)) }
    startChains()
    while let (time, event) = events.removeFirst() {
      now = time
      if now > settings.timeBudget, cause == nil { cause = .timeBudget }
      switch event {
      case .begin(let key, let candidate): begin(candidate, of: key)
      case .end(let key, let candidate, let outcome): end(candidate, of: key, outcome)
      }
    }
    let summary = CrawlSummary(
      resolutions: frontier.resolutions,
      dropped: frontier.dropped.adding(notContactable: repeated), tally: tally, cause: cause)
    return (summary, now)
  }

  // MARK: Frontier

  private mutating func act(on actions: [Frontier.Action]) {
    var names: [HostName] = []
    for action in actions {
      switch action {
      case .record(let candidate, let outcome): note(candidate, outcome, "")
      case .contact(let candidate): enqueue(candidate)
      case .resolve(let name): names.append(name)
      }
    }
    for name in names { act(on: frontier.resolved(name, resolve(name))) }
    tally.frontier = frontier.endpointCount
  }

  /// A frontier that has heard of a peer twice does the same whenever it hears of it again: nothing
  /// but counting what it drops.
  private mutating func learn(_ told: [ToldPeer]) {
    if told.count > settings.peersPerSource { return act(on: frontier.add(told.map(\.peer))) }
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
    act(on: frontier.add(fresh))
    for (number, peer) in second {
      let before = frontier.dropped.notContactable
      act(on: frontier.add([peer]))
      heard[number] = .often(notContactable: frontier.dropped.notContactable - before)
    }
  }

  private mutating func note(_ candidate: Candidate, _ outcome: Records.Outcome, _ detail: String) {
    tally.count(outcome)
    leave(candidate, outcome, detail)
  }

  // MARK: Chains

  private mutating func enqueue(_ candidate: Candidate) {
    guard let address = IPAddress(candidate.address) else { return }
    let key = ConductRules.neighbourhood(of: address)
    chains[key, default: Chain()].pending.append(candidate)
    if chains[key]?.isRunning != true { idle.append(key) }
    chains[key]?.isRunning = true
  }

  private mutating func startChains() {
    let keys = idle
    idle = []
    for key in keys { goOn(key) }
  }

  /// The endpoint of a chain that may be contacted first; of several the smallest.
  private mutating func goOn(_ key: AddressRange) {
    guard let pending = chains[key]?.pending, !pending.isEmpty else {
      chains[key] = nil
      return
    }
    let best = pending.indices.min { left, right in
      let ready = (readyTime(pending[left]), readyTime(pending[right]))
      return ready.0 == ready.1 ? pending[left] < pending[right] : ready.0 < ready.1
    }
    guard let best, let candidate = chains[key]?.pending.remove(at: best) else { return }
    events.add(.begin(key, candidate), at: cause == nil ? readyTime(candidate) : now)
  }

  private func readyTime(_ candidate: Candidate) -> Int {
    lastEnd[candidate.address].map { max(now, $0 + settings.pause) } ?? now
  }

  private mutating func begin(_ candidate: Candidate, of key: AddressRange) {
    if let cause {
      note(candidate, cause.outcome, cause.text)
      return goOn(key)
    }
    if throttling.contains(candidate.address) {
      note(candidate, .untestedSkipped, "this address throttled us before")
      return goOn(key)
    }
    guard slots > 0 else { return waiting.append((key, candidate)) }
    slots -= 1
    tally.connected += 1
    let (outcome, word) = contact(candidate, now)
    tally.count(word)
    events.add(.end(key, candidate, outcome), at: now + outcome.duration)
  }

  private mutating func end(_ candidate: Candidate, of key: AddressRange, _ outcome: Outcome) {
    slots += 1
    lastEnd[candidate.address] = now
    receivedBytes += outcome.bytesReceived
    if outcome.isThrottled { throttling.insert(candidate.address) }
    if receivedBytes > settings.byteBudget, cause == nil { cause = .byteBudget }
    learn(outcome.peers)
    startChains()
    goOn(key)
    while slots > 0, !waiting.isEmpty {
      let (key, candidate) = waiting.removeFirst()
      begin(candidate, of: key)
    }
  }
}

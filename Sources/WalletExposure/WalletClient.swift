package import Statistics

/// One wallet program: plays sessions by the rules, one after the other, over what its folder keeps.
///
/// Time is in seconds from the start of a session. The client has one thread: whatever it does waits until
/// the piece of work before is done, so that near ties between servers are decided by the order of work.
/// One thread of ours plays it, and no property is passed inout to what reads it: checks of that at run
/// time took a third of a session.
package final class WalletClient {
  /// How far the client is with a server.
  enum State: UInt8 {
    case free
    case connecting
    case connected
    case closing
  }

  /// What a session knows of a server.
  struct Contact {
    var state = State.free
    var isUp: Bool?
    var isHeld = false
    var triedAt = -1e9
    var failures = 0
    var versionAt = 0.0
  }

  let network: WalletNetwork
  let rules: WalletRules
  /// Number of the group of which a session holds one connection; -1: no rule binds the server.
  let bucket: [Int]
  @exclusivity(unchecked) var held: [Int]

  @exclusivity(unchecked) package var generator = Xoshiro256StarStar(seed: 0)
  @exclusivity(unchecked) package var memory: WalletMemory
  @exclusivity(unchecked) var place = WalletPlace()
  @exclusivity(unchecked) var newBlocks = 0
  @exclusivity(unchecked) var roundTrips: [Double] = []

  @exclusivity(unchecked) var queue = EventQueue()
  @exclusivity(unchecked) var contacts: [Contact]
  @exclusivity(unchecked) var touched: [Int] = []
  @exclusivity(unchecked) var busyUntil = 0.0
  @exclusivity(unchecked) var connecting = 0
  @exclusivity(unchecked) var closing = 0
  @exclusivity(unchecked) var heldOnions = 0
  /// When the next pass is due; nil: none is needed before something happens.
  @exclusivity(unchecked) var nextPass: Double?
  @exclusivity(unchecked) var isCutting = false
  @exclusivity(unchecked) var passPhase = 0.0

  @exclusivity(unchecked) var drawn = 0
  @exclusivity(unchecked) var isReaching = false
  @exclusivity(unchecked) var main: Int?
  @exclusivity(unchecked) var knowsChain = false
  @exclusivity(unchecked) var syncing: Int?
  @exclusivity(unchecked) var headerTrips = (trips: 0, chunks: 0)
  @exclusivity(unchecked) var pool = CandidatePool()

  /// Servers that are ready now, in the order in which they became so.
  @exclusivity(unchecked) var ready: [Int] = []
  /// Main servers of the session in their order, without immediate repeats.
  @exclusivity(unchecked) package var mains: [Int] = []
  /// Servers that were ready at any time of the session, in the order in which they became so.
  @exclusivity(unchecked) package var met: [Int] = []
  /// Main server and ready servers when the session had settled.
  @exclusivity(unchecked) package var settledMain: Int?
  @exclusivity(unchecked) package var settled: [Int] = []

  package init(_ network: WalletNetwork, _ rules: WalletRules) {
    self.network = network
    self.rules = rules
    let bySystem = rules.spread == .system
    let numbers = network.servers.map { server -> Int in
      server.route == .onion ? -1 : (bySystem ? server.system : server.prefix) ?? -1
    }
    bucket = numbers
    held = [Int](repeating: 0, count: (numbers.max() ?? -1) + 1)
    contacts = [Contact](repeating: Contact(), count: network.servers.count)
    memory = WalletMemory(servers: network.servers.count)
    pool.reserve(network.servers.count)
  }

  /// Plays a session to its end.
  /// - Parameter newBlocks: blocks of the chain that the wallet does not know yet.
  package func play(at place: WalletPlace, newBlocks: Int) {
    reset(place, newBlocks)
    drawn = kept ?? network.listed[generator.nextIndex(below: network.listed.count)]
    if place.habit != .automatic { memory.fixed = drawn }
    dial(drawn, at: 0)
    passPhase = rules.headSeconds
    schedulePass(at: rules.headSeconds)
    let lossesEnd = rules.settleSeconds + Double(rules.losses) * rules.lossSeconds
    for loss in 0..<rules.losses {
      queue.push(rules.settleSeconds + Double(loss) * rules.lossSeconds, .loss)
    }
    var hasSettled = false
    while let event = queue.pop() {
      if event.time > rules.settleSeconds, !hasSettled {
        hasSettled = true
        settle()
      }
      if event.time > lossesEnd { break }
      handle(event)
    }
    if !hasSettled { settle() }
    memory.main = main ?? memory.main
  }

  /// The main server that was chosen before this session.
  private var kept: Int? {
    if place.habit != .automatic { return memory.fixed }
    return rules.mainChoice == .persistent ? memory.main : nil
  }

  /// Connections that the program seeks beside a fixed main server, or with it among them.
  var wanted: Int { place.habit == .oneServer ? 0 : rules.connections }

  func settle() {
    settledMain = main
    settled = ready
  }

  func reset(_ place: WalletPlace, _ newBlocks: Int) {
    queue.removeAll()
    for server in touched { contacts[server] = Contact() }
    for server in touched where bucket[server] >= 0 { held[bucket[server]] = 0 }
    touched.removeAll(keepingCapacity: true)
    ready.removeAll(keepingCapacity: true)
    mains.removeAll(keepingCapacity: true)
    met.removeAll(keepingCapacity: true)
    (connecting, closing, heldOnions, busyUntil) = (0, 0, 0, 0)
    (main, syncing, settledMain) = (nil, nil, nil)
    settled.removeAll(keepingCapacity: true)
    (isCutting, isReaching, nextPass) = (false, false, nil)
    if place != self.place || roundTrips.isEmpty {
      let extra = place.usesTor ? place.torSeconds : 0
      roundTrips = network.regions[place.region].roundTrips.map { $0 + extra }
    }
    self.place = place
    self.newBlocks = newBlocks
    knowsChain = newBlocks <= 1
    pool.start(list: network.listed, recent: memory.recent)
  }

  func handle(_ event: EventQueue.Event) {
    let server = Int(event.server)
    switch event.kind {
    case .pass: passIsDue(at: event.time)
    case .reply: reply(from: server, stage: Int(event.stage), at: event.time)
    case .failure: fail(server, at: event.time)
    case .headers:
      let (trips, chunks) = headerTrips
      let work = trips <= chunks ? rules.work.chunk : rules.work.header
      synchronize(trips: trips - 1, chunks: chunks, at: spend(work, from: event.time))
    case .peers: takePeers(of: server, at: event.time)
    case .closed:
      contacts[server].state = .free
      closing -= 1
      isCutting = false
      spread(at: event.time)
    case .loss: lose(at: event.time)
    }
  }

  // MARK: Contacts

  func spend(_ seconds: Double, from time: Double) -> Double {
    busyUntil =
      max(busyUntil, time) + seconds * (1 + rules.work.jitter * generator.nextUnit())
    return busyUntil
  }

  func isReachable(_ server: Int) -> Bool {
    switch network.servers[server].route {
    case .ipv4: true
    case .ipv6: place.hasIPv6
    case .onion: place.usesTor
    }
  }

  func isUp(_ server: Int) -> Bool {
    if let known = contacts[server].isUp { return known }
    let availability = network.servers[server].availability
    let isUp = availability >= 1 || generator.nextUnit() < availability
    contacts[server].isUp = isUp
    return isUp
  }

  func dial(_ server: Int, at time: Double) {
    guard contacts[server].state == .free else { return }
    if contacts[server].failures == 0, contacts[server].triedAt < 0 { touched.append(server) }
    contacts[server].state = .connecting
    connecting += 1
    if server == drawn { isReaching = true }
    contacts[server].triedAt = time + generator.nextUnit()
    contacts[server].failures += 1
    guard isReachable(server) else { return queue.push(time, .failure, server: server) }
    guard isUp(server) else {
      let wait =
        network.servers[server].isSilentWhenDown ? rules.timeoutSeconds : roundTrips[server]
      return queue.push(spend(rules.work.load, from: time) + wait, .failure, server: server)
    }
    let begun = spend(rules.work.load + (memory.onFile[server] ? rules.work.pin : 0), from: time)
    queue.push(
      begun + roundTrips[server], .reply, server: server, stage: firstStage(server).rawValue)
  }

  /// The round trips of a contact in their order: attempt with public authorities, fetch of the certificate,
  /// session, version, tip.
  enum Stage: Int {
    case attemptTCP, attemptTLS, fetchTCP, fetchTLS, fetchEnd
    case publicTCP, publicTLS, publicVersion
    case sessionTCP, sessionTLS, version, tip
  }

  func firstStage(_ server: Int) -> Stage {
    if memory.onFile[server] {
      return rules.tripsOnFile > 2 ? .fetchEnd : .sessionTCP
    }
    return network.servers[server].hasPublicCertificate ? .publicTCP : .attemptTCP
  }

  /// A reply is read by the thread, which then asks for the next.
  func reply(from server: Int, stage number: Int, at time: Double) {
    guard let stage = Stage(rawValue: number) else { return }
    let work: Double =
      switch stage {
      case .attemptTLS: rules.work.fetch
      case .fetchEnd, .publicVersion: rules.work.pin
      default: rules.work.reply
      }
    let free = spend(work, from: time)
    let next = free + roundTrips[server]
    switch stage {
    case .tip: becomeReady(server, at: free)
    case .version:
      contacts[server].versionAt = free
      memory.onFile[server] = true
      if isWelcome(server) {
        queue.push(next, .reply, server: server, stage: Stage.tip.rawValue)
      } else {
        queue.push(next, .failure, server: server)
      }
    case .fetchEnd, .publicVersion:
      queue.push(next, .reply, server: server, stage: Stage.sessionTCP.rawValue)
    default: queue.push(next, .reply, server: server, stage: number + 1)
    }
  }

  func fail(_ server: Int, at time: Double) {
    contacts[server].state = .free
    connecting -= 1
    if server == drawn { isReaching = false }
    schedulePass(at: time)
  }

  /// Whether the rule of spread allows the connection; the main server, or who is to be, is exempt.
  func isWelcome(_ server: Int) -> Bool {
    if server == main || (main == nil && server == drawn) { return true }
    let isHeld = contacts[server].isHeld ? 1 : 0
    if network.servers[server].route == .onion { return heldOnions - isHeld <= rules.onions }
    return bucket[server] < 0 || held[bucket[server]] - isHeld == 0
  }

  func hold(_ server: Int, _ isHeld: Bool) {
    contacts[server].isHeld = isHeld
    let step = isHeld ? 1 : -1
    if network.servers[server].route == .onion { heldOnions += step }
    if bucket[server] >= 0 { held[bucket[server]] += step }
  }
}

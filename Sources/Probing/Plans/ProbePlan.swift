import ElectrumProtocol

/// What a scan asks a server: a value that can be printed, compared and replayed.
public struct ProbePlan: Sendable, Equatable {
  /// How much is asked.
  public enum Extent: String, Sendable, CaseIterable {
    /// Identity, tip, peers, fees, and six common scripts: one connection an endpoint, for frequent scans.
    case light
    /// Everything else that the budget of a server allows.
    case full
    /// The client-differential experiment, one block a scan.
    case differential
  }

  /// In which order a server gets the connections.
  public enum Order: Sendable, Equatable {
    case asListed
    /// After the main one by a row of a balanced square; the row changes with address and block.
    case balanced(block: Int, rows: [[Int]])
  }

  /// Permanent name and version of the plan, for manifests.
  public internal(set) var id: String
  /// Connections of the first visit.
  public internal(set) var sessions: [ProbeSession]
  /// One connection each of the second and of the third visit.
  public internal(set) var later: [ProbeSession] = []
  /// Connections that follow a client's session whose answers are not ours.
  public internal(set) var repeats: [ProbeSession] = []
  /// What the second visit may ask besides, of a server whose answers are not the others'.
  public internal(set) var corroboration: [Probe] = []
  /// Headers that name the chain of a server that is on another one than the rest.
  public internal(set) var forks: [KnownFork] = []
  /// Which part of the costly probes this scan asks, and of how many parts.
  public let turn: Int
  public let turns: Int
  public let order: Order

  /// - Parameters:
  ///   - turn: number of the scan in its series: the costly probes, and the long histories, take turns.
  ///   - families: further families than the default ones.
  ///   - scripts: of the network that is asked.
  ///   - forks: of its chain.
  ///   - seed: of the scan: which scripts and transactions are asked for besides the usual ones, the
  ///     same at every server.
  ///   - silence: before what is asked alone.
  public init(
    _ extent: Extent, clientName: String, turn: Int = 0, families: Set<ProbeFamily> = [],
    scripts: ProbedScripts = .published, forks: [KnownFork] = KnownFork.mainnet,
    seed: UInt64 = 0, silence: Duration = Self.usualSilence
  ) {
    if extent == .differential {
      self = .differential(clientName: clientName, block: turn)
      return
    }
    id = "\(extent.rawValue).v2"
    order = .asListed
    let main = ProbeCatalog.light(clientName: clientName, scripts)
    guard extent == .full else {
      sessions = [.main(main)]
      turns = 1
      self.turn = 0
      return
    }
    let costly = ProbeCatalog.costly(clientName: clientName, scripts)
    let count = (costly.count + Self.costlyPerScan - 1) / Self.costlyPerScan
    turns = count
    self.turn = turn % count
    let part = costly.enumerated().filter { $0.offset % count == turn % count }.map(\.element)
    let optional = ProbeCatalog.optional(families)
    let drawn = scripts.further(seed: seed)
    let further = ProbeCatalog.beyondLight(
      scripts.ofTurn(turn), seed: seed, costly: part.filter { !$0.isOdd })
    let negotiating = ProbeCatalog.negotiation(clientName: clientName).map { name, probes in
      ProbeSession(id: name, probes: probes, scope: .oncePerAddress)
    }
    let wallet = ProbeSession.client(
      .wallet, clientName, drawn, broadcast: families.contains(.broadcast))
    let odd = ProbeSession.odd(
      ProbeCatalog.knownToAllFirst(
        ProbeCatalog.harmlessOdd + part.filter(\.isOdd) + optional), clientName: clientName)
    sessions = [.main(main), .further(further, clientName: clientName, silence: silence)]
    sessions += negotiating + [wallet] + odd
    later = ["second", "third"].map { visit in
      ProbeSession(
        id: visit, probes: ProbeCatalog.snapshot(visit, clientName: clientName), window: 8,
        scope: .oncePerAddress)
    }
    repeats = [ClientArm.ours, .walletAgain].map {
      .client($0, clientName, drawn, broadcast: false)
    }
    corroboration = ProbeCatalog.corroboration(scripts, forks: forks)
    self.forks = forks
  }

  /// A server that pads its replies holds none back after a second in which nothing left it.
  public static let usualSilence = Duration.milliseconds(1_100)

  public init(id: String, sessions: [ProbeSession], order: Order = .asListed) {
    self.id = id
    self.order = order
    self.sessions = sessions
    turn = 0
    turns = 1
  }

  /// Probes that an error answers, in one scan: more would take the plan near its limit.
  private static let costlyPerScan = 5

  /// What the plan costs a server with so many endpoints under ElectrumX's model, without what only
  /// some servers are asked.
  public func cost(endpoints: Int = 2) -> Double {
    (sessions + later).reduce(0) { sum, session in
      sum + session.cost * Double(session.scope == .everyEndpoint ? endpoints : 1)
    }
  }

  /// What is asked of a server at most besides: both names once more, and all that the comparison
  /// with other servers can give reason for.
  public var conditionalCost: Double {
    repeats.reduce(0) { $0 + $1.cost } + corroboration.reduce(0) { $0 + $1.cost }
  }

  /// The second visit to one server.
  ///
  /// - Parameter asked: ids of what the comparison with others gives reason to ask, parents of
  ///   transactions with them.
  package func secondVisit(asking asked: Set<String>) -> ProbeSession? {
    guard let base = later.first else { return nil }
    return base.adding(corroboration.filter { asked.contains($0.id) })
  }
}

/// One connection of a plan: what is asked on it, in order.
///
/// The first probe is `server.version`; what follows is sent only after an identification. Probes
/// that stand alone are sent one at a time, so that their time is a service time; the rest is
/// pipelined.
public struct ProbeSession: Sendable, Equatable {
  public enum Scope: String, Sendable {
    case everyEndpoint = "every endpoint"
    /// At the first endpoint of an address that answered its main session.
    case oncePerAddress = "once an address"
  }

  /// Name of the session in its plan; `main` for the one that tells of peers.
  public let id: String
  public let probes: [Probe]
  /// The first this many probes stand alone.
  public let aloneCount: Int
  /// Requests in flight at most.
  public let window: Int
  public let scope: Scope
  public let handshake: HandshakeKind
  /// How long nothing is under way before a probe that is asked after silence. Unit: µs.
  public let silenceMicroseconds: Int

  public init(
    id: String, probes: [Probe], aloneCount: Int = 1, window: Int = 1,
    scope: Scope = .everyEndpoint, handshake: HandshakeKind = .plain, silenceMicroseconds: Int = 0
  ) {
    self.silenceMicroseconds = silenceMicroseconds
    self.id = id
    self.probes = probes
    self.aloneCount = aloneCount
    self.window = window
    self.scope = scope
    self.handshake = handshake
  }

  /// Place of the first of the probes that are asked alone behind many others; nil: it has none.
  package var lastAloneStart: Int? { probes.firstIndex { KnownProbes.isAloneLast($0.id) } }

  public var cost: Double { CostModel.sessionStart + probes.reduce(0) { $0 + $1.cost } }

  /// Time that the plan itself spends waiting. Unit: µs.
  public var plannedSilence: Int {
    probes.count { $0.pacing == .afterSilence } * silenceMicroseconds
  }

  /// The same with further questions at its end.
  func adding(_ further: [Probe]) -> ProbeSession {
    ProbeSession(
      id: id, probes: probes + further, aloneCount: aloneCount, window: window, scope: scope,
      handshake: handshake, silenceMicroseconds: silenceMicroseconds)
  }

  static func main(_ probes: [Probe]) -> ProbeSession {
    ProbeSession(id: "main", probes: probes, aloneCount: 3, window: 8)
  }

  static func further(
    _ probes: [Probe], clientName: String, silence: Duration
  ) -> ProbeSession {
    let (seconds, attoseconds) = silence.components
    return ProbeSession(
      id: "further",
      probes: [ProbeCatalog.opening("server.version.further.1.6", clientName: clientName)] + probes,
      window: 8, scope: .oncePerAddress,
      silenceMicroseconds: Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
  }

  static func client(
    _ arm: ClientArm, _ clientName: String, _ scripts: [TestScript], broadcast: Bool
  ) -> ProbeSession {
    ProbeSession(
      id: arm.session,
      probes: ProbeCatalog.client(
        arm, clientName: clientName, scripts, broadcast: broadcast),
      window: 8, scope: .oncePerAddress)
  }

  /// Whether its answers are compared with those of the main connection.
  public var isUnderWalletName: Bool { id == ClientArm.wallet.session }

  /// Odd questions come alone on a connection of their own: a server may end it.
  static func odd(_ probes: [Probe], clientName: String) -> [ProbeSession] {
    if probes.isEmpty { return [] }
    return [
      ProbeSession(
        id: "odd",
        probes: [ProbeCatalog.opening("server.version.odd.1.6", clientName: clientName)] + probes,
        aloneCount: probes.count + 1, scope: .oncePerAddress)
    ]
  }
}

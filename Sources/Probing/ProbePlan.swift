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
  public internal(set) var sessions: [ProbeSession]
  /// Which part of the costly probes this scan asks, and of how many parts.
  public let turn: Int
  public let turns: Int
  public let order: Order

  /// - Parameters:
  ///   - turn: number of the scan in its series: the costly probes take turns.
  ///   - families: further families than the default ones.
  ///   - sized: scripts whose histories have about a known size in the network that is asked.
  public init(
    _ extent: Extent, clientName: String, turn: Int = 0, families: Set<ProbeFamily> = [],
    sized: [SizedTestScript] = SizedTestScript.published
  ) {
    if extent == .differential {
      self = .differential(clientName: clientName, block: turn)
      return
    }
    id = "\(extent.rawValue).v1"
    order = .asListed
    let main = ProbeCatalog.light(clientName: clientName)
    guard extent == .full else {
      sessions = [.main(main)]
      turns = 1
      self.turn = 0
      return
    }
    let costly = ProbeCatalog.costly(clientName: clientName)
    let count = (costly.count + Self.costlyPerScan - 1) / Self.costlyPerScan
    turns = count
    self.turn = turn % count
    let part = costly.enumerated().filter { $0.offset % count == turn % count }.map(\.element)
    let optional = ProbeCatalog.optional(families)
    let further = ProbeCatalog.beyondLight(sized: sized) + part.filter { !$0.isOdd }
    sessions =
      [.main(main), .further(further, clientName: clientName)]
      + ProbeCatalog.negotiation(clientName: clientName).map { name, probe in
        ProbeSession(id: name, probes: [probe], scope: .oncePerAddress)
      }
      + ProbeSession.odd(
        ProbeCatalog.harmlessOdd + part.filter(\.isOdd) + optional, clientName: clientName)
  }

  public init(id: String, sessions: [ProbeSession], order: Order = .asListed) {
    self.id = id
    self.order = order
    self.sessions = sessions
    turn = 0
    turns = 1
  }

  /// Probes that an error answers, in one scan: more would take the plan near its limit.
  private static let costlyPerScan = 6

  /// What the plan costs a server with so many endpoints under ElectrumX's model.
  public func cost(endpoints: Int = 2) -> Double {
    sessions.reduce(0) { sum, session in
      sum + session.cost * Double(session.scope == .everyEndpoint ? endpoints : 1)
    }
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

  public init(
    id: String, probes: [Probe], aloneCount: Int = 1, window: Int = 1,
    scope: Scope = .everyEndpoint, handshake: HandshakeKind = .plain
  ) {
    self.id = id
    self.probes = probes
    self.aloneCount = aloneCount
    self.window = window
    self.scope = scope
    self.handshake = handshake
  }

  public var cost: Double { CostModel.sessionStart + probes.reduce(0) { $0 + $1.cost } }

  static func main(_ probes: [Probe]) -> ProbeSession {
    ProbeSession(id: "main", probes: probes, aloneCount: 4, window: 8)
  }

  static func further(_ probes: [Probe], clientName: String) -> ProbeSession {
    ProbeSession(
      id: "further",
      probes: [ProbeCatalog.opening("server.version.further", clientName: clientName)] + probes,
      window: 8, scope: .oncePerAddress)
  }

  /// Odd questions come alone on a connection of their own: a server may end it.
  static func odd(_ probes: [Probe], clientName: String) -> [ProbeSession] {
    if probes.isEmpty { return [] }
    return [
      ProbeSession(
        id: "odd",
        probes: [ProbeCatalog.opening("server.version.odd", clientName: clientName)] + probes,
        aloneCount: probes.count + 1, scope: .oncePerAddress)
    ]
  }
}

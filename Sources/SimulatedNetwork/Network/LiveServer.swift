import Addressing
internal import ElectrumProtocol
internal import NIOCore
internal import SimulatedServers
internal import SimulatedTLS
internal import Statistics
internal import Synchronization

/// A running server: what it is at the present epoch, and its connections.
final class LiveServer: Sendable {
  private struct Connection {
    let channel: any Channel
    let arrival: Arrival
  }

  private struct Running {
    var state: ServerState
    var connections: [UInt64: Connection] = [:]
    var clients: [String: Int] = [:]
    var arrivals: UInt64 = 0
    /// Connections so far, by endpoint.
    var counts: [ServerEndpoint: Int] = [:]
  }

  let plan: ServerPlan
  private let surroundings: Surroundings
  private let running: Mutex<Running>

  /// What all servers of a network share.
  struct Surroundings: Sendable {
    let seed: UInt64
    let network: BitcoinNetwork
    let identities: ServerIdentities
    let limits: ConnectionLimits
    let log: RequestLog?
  }

  init(_ state: ServerState, _ surroundings: Surroundings) {
    plan = state.plan
    self.surroundings = surroundings
    running = Mutex(Running(state: state))
  }

  var state: ServerState { running.withLock(\.state) }

  // MARK: Time

  /// From now on it is so: connections that the change ends are reset, the others hear of it.
  func become(_ next: ServerState) {
    let (ended, told) = running.withLock { running in
      let isRestarted = next.restarts != running.state.restarts || !next.isUp
      running.state = next
      let endpoints = Set(next.endpoints)
      let ended = running.connections.values.filter {
        isRestarted || !endpoints.contains($0.arrival.endpoint)
      }
      let told = running.connections.values.filter {
        !isRestarted && endpoints.contains($0.arrival.endpoint)
      }
      return (ended.map(\.channel), told)
    }
    for channel in ended { channel.reset() }
    for connection in told {
      connection.channel.pipeline.fireUserInboundEventTriggered(
        ProfileUpdate(profile: Self.face(of: next, for: connection.arrival).profile))
    }
  }

  func resetConnections() {
    let channels = running.withLock { $0.connections.values.map(\.channel) }
    for channel in channels { channel.reset() }
  }

  // MARK: Connections

  /// Makes a channel a connection of this server: its link, TLS and session, in that order.
  func accept(_ channel: any Channel, _ arrival: Arrival) -> EventLoopFuture<Void> {
    let state = state
    let face = Self.face(of: state, for: arrival)
    guard state.isUp, !state.closesAtOnce else {
      channel.close(promise: nil)
      return channel.eventLoop.makeSucceededVoidFuture()
    }
    guard arrival.endpoint.transport == .ssl, state.handshake == nil,
      let certificate = face.certificate
    else {
      return channel.eventLoop.makeCompletedFuture {
        try configure(channel, arrival, state, face.profile, tls: nil)
      }
    }
    return surroundings.identities.context(for: certificate, on: channel.eventLoop)
      .flatMapThrowing { [self] tls in
        try configure(channel, arrival, state, face.profile, tls: tls)
      }
  }

  private func configure(
    _ channel: any Channel, _ arrival: Arrival, _ state: ServerState, _ profile: ServerProfile,
    tls: TLSServerContext?
  ) throws {
    guard let (number, connectionsOfClient) = register(channel, arrival) else {
      channel.close(promise: nil)
      return
    }
    let endpoint = HostAndPort(arrival.endpoint.address, arrival.endpoint.port).text
    var context = SessionContext(
      server: profile, localAddress: arrival.endpoint.address, localPort: arrival.endpoint.port,
      isTLS: tls != nil,
      random: Self.random(
        seed: surroundings.seed, server: plan.spec.id, endpoint: endpoint, number: number))
    context.connectionsOfClient = connectionsOfClient
    let log = surroundings.log.map {
      ConnectionLog(
        $0, server: plan.spec.id, number: number, arrival: arrival, network: surroundings.network)
    }
    // The link has draws of its own, so that a change of its conditions changes no answer.
    var random = Self.linkRandom(
      seed: surroundings.seed, server: plan.spec.id, endpoint: endpoint, number: number)
    let lost = LostConnection.draw(state.conditions, from: &random)
    log?.opened(isLost: lost != nil)
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(LinkHandler(conditions: state.conditions, random: random))
    if let lost {
      if lost == .reset { channel.reset() }
      return try pipeline.addHandler(LostConnectionHandler())
    }
    if arrival.endpoint.transport == .ssl, let abuse = state.handshake {
      return try pipeline.addHandler(HandshakeAbuseHandler(abuse))
    }
    if let tls { try pipeline.addHandler(TLSServerHandler(context: tls)) }
    try pipeline.addHandler(
      ServerChannelHandler(
        session: state.session(
          context, viaTor: arrival.isProxied, clientAddress: arrival.client),
        limits: surroundings.limits, log: log))
  }

  /// The draws of one connection: those of the `number`-th (from 1) to its endpoint, whatever
  /// happens at others, so that a scan without sockets meets the same.
  static func random(
    seed: UInt64, server: String, endpoint: String, number: Int
  ) -> Xoshiro256StarStar {
    Xoshiro256StarStar(
      seed: NetworkPlan.seed(seed, "\(server)|connection|\(endpoint)|\(number)"))
  }

  /// The draws of its link.
  static func linkRandom(
    seed: UInt64, server: String, endpoint: String, number: Int
  ) -> Xoshiro256StarStar {
    Xoshiro256StarStar(seed: NetworkPlan.seed(seed, "\(server)|link|\(endpoint)|\(number)"))
  }

  /// - Returns: the connection's number at this endpoint, and how many its client has open; nil where
  ///   the server went down meanwhile.
  private func register(_ channel: any Channel, _ arrival: Arrival) -> (Int, Int)? {
    let result: (key: UInt64, number: Int, ofClient: Int)? = running.withLock { running in
      guard running.state.isUp else { return nil }
      running.arrivals += 1
      running.connections[running.arrivals] = Connection(channel: channel, arrival: arrival)
      running.counts[arrival.endpoint, default: 0] += 1
      running.clients[arrival.client, default: 0] += 1
      return (
        running.arrivals, running.counts[arrival.endpoint] ?? 1,
        running.clients[arrival.client] ?? 1
      )
    }
    guard let result else { return nil }
    channel.closeFuture.whenComplete { [weak self] _ in
      self?.forget(result.key, client: arrival.client)
    }
    return (result.number, result.ofClient)
  }

  private func forget(_ key: UInt64, client: String) {
    running.withLock { running in
      running.connections[key] = nil
      let left = (running.clients[client] ?? 1) - 1
      running.clients[client] = left > 0 ? left : nil
    }
  }

  /// What a client sees who came this way.
  private static func face(
    of state: ServerState, for arrival: Arrival
  ) -> (profile: ServerProfile, certificate: CertificateState?) {
    let variant = state.originVariants.first { variant in
      switch variant.origin {
      case .tor: arrival.isProxied
      case .clients(let prefix): !arrival.isProxied && arrival.client.hasPrefix(prefix)
      }
    }
    return (variant?.profile ?? state.profile, variant?.certificate ?? state.certificate)
  }
}

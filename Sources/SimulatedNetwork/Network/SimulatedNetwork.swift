internal import Artifact
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The servers of a plan, listening on their loopback addresses, and the proxy that leads to those
/// that have none.
public final class SimulatedNetwork: Sendable {
  public let plan: NetworkPlan
  private let group: MultiThreadedEventLoopGroup
  private let servers: [LiveServer]
  private let listeners: Listeners
  private let directory: ProxyDirectory
  private let proxy: SOCKSProxy
  private let identities: ServerIdentities
  private let folder: SimulationFolder?
  private let present = Mutex<Int>(0)

  /// The simulated epoch, from 0.
  public var epoch: Int { present.withLock { $0 } }
  /// Last epoch that the plan reaches.
  public var lastEpoch: Int { plan.epochs - 1 }
  /// Address and port of the SOCKS5 proxy.
  public var proxyAddress: String { proxy.address }
  /// Servers that listen at present.
  public var serversUp: Int { servers.count(where: \.state.isUp) }

  /// Binds every listener; nothing stays bound if one cannot be.
  ///
  /// - Parameters:
  ///   - log: where requests are recorded; nil: nowhere.
  ///   - folder: whose tables of names follow the servers' moves.
  public static func start(
    _ plan: NetworkPlan, threads: Int = 1, log: RequestLog? = nil,
    folder: SimulationFolder? = nil
  ) async throws(SimulationError) -> SimulatedNetwork {
    try await start(plan, threads: threads, log: log, folder: folder, limits: ConnectionLimits())
  }

  static func start(
    _ plan: NetworkPlan, threads: Int = 1, log: RequestLog? = nil,
    folder: SimulationFolder? = nil, limits: ConnectionLimits,
    adjusting adjust: (ServerState) -> ServerState = { $0 }
  ) async throws(SimulationError) -> SimulatedNetwork {
    OpenFileLimit.raise()
    let identities = try ServerIdentities(seed: plan.scenario.seed)
    let surroundings = LiveServer.Surroundings(
      seed: plan.scenario.seed, network: plan.scenario.network, identities: identities,
      limits: limits, log: log)
    let states = plan.states(at: 0).map(adjust)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, threads))
    identities.start()
    let directory = ProxyDirectory()
    let proxy: SOCKSProxy
    do throws(SimulationError) {
      proxy = try await SOCKSProxy.start(directory, group: group)
    } catch {
      await identities.stop()
      try? await group.shutdownGracefully()
      throw error
    }
    let network = SimulatedNetwork(
      plan: plan, group: group, servers: states.map { LiveServer($0, surroundings) },
      directory: directory, proxy: proxy, identities: identities, folder: folder)
    do throws(SimulationError) {
      try await network.open(states)
    } catch {
      await network.stop()
      throw error
    }
    return network
  }

  private init(
    plan: NetworkPlan, group: MultiThreadedEventLoopGroup, servers: [LiveServer],
    directory: ProxyDirectory, proxy: SOCKSProxy, identities: ServerIdentities,
    folder: SimulationFolder?
  ) {
    self.plan = plan
    self.group = group
    self.servers = servers
    self.directory = directory
    self.proxy = proxy
    self.identities = identities
    self.folder = folder
    listeners = Listeners(group: group)
  }

  /// Lets time pass: servers go down and up, move, renew certificates and learn of blocks; open
  /// connections of a server that goes down, restarts or moves are reset, the others hear of it.
  public func advance(to epoch: Int) async throws(SimulationError) {
    let states = plan.states(at: epoch)
    try await become(states)
    try folder?.writeNames(NameTables(plan, states))
    present.withLock { $0 = epoch }
  }

  func become(_ states: [ServerState]) async throws(SimulationError) {
    for (server, state) in zip(servers, states) { server.become(state) }
    try await open(states)
  }

  private func open(_ states: [ServerState]) async throws(SimulationError) {
    let up = zip(servers, states).filter(\.1.isUp)
    directory.become(zip(servers, states).map { (server: $0, state: $1) })
    try await listeners.become(
      up.flatMap { server, state in
        state.endpoints.filter(\.isLoopback).map { (endpoint: $0, server: server) }
      })
    identities.prepare(up.flatMap { $1.certificates })
  }

  /// Closes listeners and connections.
  public func stop() async {
    await identities.stop()
    await listeners.close()
    await proxy.stop()
    try? await group.shutdownGracefully()
  }
}

extension ServerState {
  /// Certificates that some client may see.
  fileprivate var certificates: [CertificateState] {
    [certificate].compactMap { $0 } + originVariants.compactMap(\.certificate)
  }
}

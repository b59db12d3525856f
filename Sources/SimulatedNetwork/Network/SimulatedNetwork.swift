internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import TLSChannel

/// The servers of a plan, listening on their loopback addresses.
public final class SimulatedNetwork: Sendable {
  public let plan: NetworkPlan
  private let group: MultiThreadedEventLoopGroup
  private let servers: [LiveServer]
  private let listeners: [any Channel]

  private static let backlog: Int32 = 128

  /// Binds every listener; nothing stays bound if one cannot be.
  public static func start(
    _ plan: NetworkPlan, threads: Int = 1
  ) async throws(SimulationError) -> SimulatedNetwork {
    let profiles = ProfileBuilder(plan: plan, epoch: 0).profiles()
    let servers = zip(plan.servers, profiles).map {
      LiveServer(plan: $0, profile: $1, seed: plan.scenario.seed)
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, threads))
    var listeners: [any Channel] = []
    do throws(SimulationError) {
      var mint = CertificateMint(plan)
      for server in servers {
        if let port = server.plan.spec.tcpPort {
          listeners.append(try await listen(server, port: port, tls: nil, group: group))
        }
        if let port = server.plan.spec.sslPort {
          let context = try mint.context(for: server.plan)
          listeners.append(try await listen(server, port: port, tls: context, group: group))
        }
      }
    } catch {
      for listener in listeners { try? await listener.close() }
      try? await group.shutdownGracefully()
      throw error
    }
    return SimulatedNetwork(plan: plan, group: group, servers: servers, listeners: listeners)
  }

  private init(
    plan: NetworkPlan, group: MultiThreadedEventLoopGroup, servers: [LiveServer],
    listeners: [any Channel]
  ) {
    self.plan = plan
    self.group = group
    self.servers = servers
    self.listeners = listeners
  }

  /// Lets time pass: new connections see the chain and the peers of `epoch`.
  public func advance(to epoch: Int) {
    let profiles = ProfileBuilder(plan: plan, epoch: epoch).profiles()
    for (server, profile) in zip(servers, profiles) { server.update(profile) }
  }

  /// Closes listeners and connections.
  public func stop() async {
    for listener in listeners { try? await listener.close() }
    try? await group.shutdownGracefully()
  }

  private static func listen(
    _ server: LiveServer, port: Int, tls: TLSServerContext?, group: MultiThreadedEventLoopGroup
  ) async throws(SimulationError) -> any Channel {
    let address = server.plan.address
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try configure(channel, server: server, port: port, tls: tls)
        }
      }
    do {
      return try await bootstrap.bind(host: address, port: port).get()
    } catch {
      let inUse = (error as? IOError)?.errnoCode == EADDRINUSE
      throw SimulationError(
        inUse ? .addressInUse : .cannotBind, place: "\(address):\(port)",
        found: inUse ? "the address is in use" : "\(error)",
        remedy: inUse
          ? "end the other simulated network, or shift this one with --offset"
          : "check that loopback addresses can be bound")
    }
  }

  private static func configure(
    _ channel: any Channel, server: LiveServer, port: Int, tls: TLSServerContext?
  ) throws {
    guard !server.closesAtOnce else {
      channel.close(promise: nil)
      return
    }
    if let tls {
      try channel.pipeline.syncOperations.addHandler(TLSServerHandler(context: tls))
    }
    let session = server.session(
      address: server.plan.address, port: port, isTLS: tls != nil)
    try channel.pipeline.syncOperations.addHandler(
      ServerChannelHandler(
        session: session, delayMilliseconds: server.plan.spec.delayMilliseconds))
  }
}

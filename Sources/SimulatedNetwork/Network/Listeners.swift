import Addressing
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The addresses on loopback that a network listens on at present.
final class Listeners: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let open = Mutex<[ServerEndpoint: any Channel]>([:])

  /// Names of addresses in an error; more are counted.
  private static let namedAddresses = 12

  init(group: MultiThreadedEventLoopGroup) {
    self.group = group
  }

  /// Listens on these endpoints and no others: closes first, then takes all addresses, then serves.
  /// Where one is not free nothing new is served, and the error names all that are taken.
  func become(_ wanted: [(endpoint: ServerEndpoint, server: LiveServer)])
    async throws(SimulationError)
  {
    let endpoints = Set(wanted.map(\.endpoint))
    let surplus = open.withLock { open in
      let surplus = open.filter { !endpoints.contains($0.key) }
      for endpoint in surplus.keys { open[endpoint] = nil }
      return surplus
    }
    for channel in surplus.values { try? await channel.close() }
    let present = open.withLock { Set($0.keys) }
    let missing = wanted.filter { !present.contains($0.endpoint) }
    let sockets = try Self.sockets(missing.map(\.endpoint))
    for (next, socket) in zip(missing, sockets) {
      let channel = try await serve(next.endpoint, by: next.server, on: socket)
      open.withLock { $0[next.endpoint] = channel }
    }
  }

  func close() async {
    let channels = open.withLock { open in
      defer { open = [:] }
      return Array(open.values)
    }
    for channel in channels { try? await channel.close() }
  }

  // MARK: Sockets

  private static func sockets(
    _ endpoints: [ServerEndpoint]
  ) throws(SimulationError) -> [ListeningSocket] {
    var sockets: [ListeningSocket] = []
    var failures: [(place: String, failure: ListeningSocket.Failure)] = []
    for endpoint in endpoints {
      do throws(ListeningSocket.Failure) {
        sockets.append(try ListeningSocket(address: endpoint.address, port: endpoint.port))
      } catch {
        failures.append((HostAndPort(endpoint.address, endpoint.port).text, error))
        if !error.isAddressInUse { break }
      }
    }
    guard let worst = failures.last else { return sockets }
    for socket in sockets { socket.close() }
    throw error(failures.map(\.place), worst.failure)
  }

  private static func error(
    _ places: [String], _ failure: ListeningSocket.Failure
  ) -> SimulationError {
    guard failure.isAddressInUse else {
      return SimulationError(
        .cannotBind, place: places.last ?? "", found: String(cString: strerror(failure.number)),
        remedy: failure.number == EMFILE || failure.number == ENFILE
          ? "raise the limit of open files (ulimit -n)"
          : "check that loopback addresses can be bound")
    }
    let more = places.count - namedAddresses
    let place =
      places.prefix(namedAddresses).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return SimulationError(
      .addressInUse, place: place,
      found: places.count == 1 ? "the address is in use" : "the addresses are in use",
      remedy: "end the other simulated network, or shift this one with --offset")
  }

  private func serve(
    _ endpoint: ServerEndpoint, by server: LiveServer, on socket: ListeningSocket
  ) async throws(SimulationError) -> any Channel {
    let bootstrap = ServerBootstrap(group: group).childChannelInitializer { channel in
      let client = channel.remoteAddress?.ipAddress ?? ""
      return server.accept(
        channel, Arrival(endpoint: endpoint, client: client, proxyUser: nil))
    }
    do {
      return try await bootstrap.withBoundSocket(socket.descriptor).get()
    } catch {
      throw SimulationError(
        .cannotBind, place: HostAndPort(endpoint.address, endpoint.port).text, found: "\(error)",
        remedy: "check that loopback addresses can be bound")
    }
  }
}

extension ServerEndpoint {
  /// Whether a listener can be bound to it: other addresses are reached through the proxy alone.
  var isLoopback: Bool {
    switch network {
    case .ipv4: address.hasPrefix("127.")
    case .ipv6: address == "::1"
    case .onion: false
    }
  }
}

import NIOCore
import NIOPosix
import SimulatedTLS
import TLSChannel
import Testing

/// Our client against our own server's handler.
struct OwnServerTests {
  private final class Echo: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.writeAndFlush(data, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  private func withServer<Result>(
    _ context: TLSServerContext, _ body: (Int) async throws -> Result
  ) async throws -> Result {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            TLSServerHandler(context: context), Echo(),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let result = try await body(channel.localAddress?.port ?? 0)
    try await channel.close()
    return result
  }

  private func context(
    versions: ClosedRange<TLSVersion> = .tls12 ... .tls13, issuesTickets: Bool = true
  ) throws -> TLSServerContext {
    let certificate = try Certificates.selfSigned(.ecP256)
    return try TLSServerContext(
      chain: [certificate.der], key: certificate.key, versions: versions,
      issuesTickets: issuesTickets)
  }

  @Test(arguments: TLSVersion.allCases) func `each version carries 300 kB there and back`(
    version: TLSVersion
  ) async throws {
    let text = String(repeating: "0123456789", count: 30_000)
    let observation = try await withServer(context(versions: version...version)) { port in
      try await ObservingClient.observe(port: port, sending: text) {
        $0.received.count >= 300_000 || $0.error != nil
      }
    }
    #expect(observation.summary?.version == version.rawValue)
    #expect(observation.received == Array(text.utf8))
  }

  @Test(arguments: [true, false]) func `tickets are seen exactly where the server issues them`(
    issues: Bool
  ) async throws {
    for version in [TLSVersion.tls12, .tls13] {
      let context = try context(versions: version...version, issuesTickets: issues)
      let observation = try await withServer(context) { port in
        try await ObservingClient.observe(port: port, sending: "x") {
          !$0.received.isEmpty || $0.error != nil
        }
      }
      let seen = observation.summary?.hasSessionTicket == true || !observation.tickets.isEmpty
      #expect(seen == issues)
    }
  }

  @Test func `a plaintext server is a failed handshake with OpenSSL's words`() async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Echo())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let observation = try await ObservingClient.observe(
      port: channel.localAddress?.port ?? 0, stopsAfter: { $0.error != nil })
    try await channel.close()
    #expect(observation.error?.code == .handshakeFailed)
    #expect(observation.error?.detail.isEmpty == false)
  }

  @Test func `a server that closes at once is closed during the handshake`() async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let observation = try await ObservingClient.observe(
      port: channel.localAddress?.port ?? 0, stopsAfter: { $0.error != nil })
    try await channel.close()
    #expect(observation.summary == nil)
    #expect(observation.error == nil || observation.error?.code == .closedDuringHandshake)
  }

  @Test(arguments: [
    ("electrum.example.org", true), ("a_b.example", true), ("localhost", true), ("x.onion", true),
    ("192.0.2.1", false), ("2001:db8::1", false), ("", false), ("a..b", false), ("1.2.3", false),
    ("bücher.example", false), ("a b", false), ("-", false), ("a.-b", false),
    (String(repeating: "a", count: 64), false),
  ]) func `only a DNS name is sent as the server's name`(name: String, isName: Bool) {
    #expect(TLSClientHandler.isDNSName(name) == isName)
  }
}

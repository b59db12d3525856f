import NIOCore
import NIOPosix
import SimulatedTLS

/// A loopback server that does one thing and nothing else.
final class MisbehavingServer: Sendable {
  /// What a server does with each line it gets; `nil` for the moment a client connects.
  typealias Reaction = @Sendable (_ line: String?, _ context: ServerTurn) -> Void

  private let channel: any Channel
  let address: String

  var port: Int { channel.localAddress?.port ?? 0 }

  init(
    address: String = "127.0.0.1", tls: TLSServerContext? = nil, _ react: @escaping Reaction
  ) async throws {
    self.address = address
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(TLSServerHandler(context: tls)) }
          try pipeline.addHandler(LineReactor(react))
        }
      }
      .bind(host: address, port: 0).get()
  }

  func stop() async throws {
    try await channel.close()
  }
}

/// What a reaction can do.
struct ServerTurn {
  fileprivate let context: ChannelHandlerContext

  func send(_ text: String) {
    send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) {
    context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
  }

  func close() {
    context.close(promise: nil)
  }

  /// Sends the same bytes again as soon as they are gone, for ever.
  func sendWithoutEnd(_ bytes: [UInt8]) {
    Self.again(NIOLoopBound(context, eventLoop: context.eventLoop), ByteBuffer(bytes: bytes))
  }

  private static func again(_ context: NIOLoopBound<ChannelHandlerContext>, _ bytes: ByteBuffer) {
    let sent = context.value.eventLoop.makePromise(of: Void.self)
    sent.futureResult.whenSuccess { again(context, bytes) }
    context.value.writeAndFlush(NIOAny(bytes), promise: sent)
  }
}

private final class LineReactor: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let react: MisbehavingServer.Reaction
  private var rest = ""

  init(_ react: @escaping MisbehavingServer.Reaction) {
    self.react = react
  }

  func channelActive(context: ChannelHandlerContext) {
    react(nil, ServerTurn(context: context))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    rest += String(buffer: unwrapInboundIn(data))
    while let end = rest.firstIndex(of: "\n") {
      let line = String(rest[..<end])
      rest = String(rest[rest.index(after: end)...])
      react(line, ServerTurn(context: context))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

import NIOCore
import NIOPosix
import TLSChannel

/// Connects once, keeps everything that the handler reports.
final class ObservingClient: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  struct Observation: Sendable {
    var summary: TLSHandshakeSummary?
    var tickets: [UInt] = []
    var error: TLSError?
    var received: [UInt8] = []
    var sawCloseNotify = false
  }

  private let observation: NIOLoopBoundBox<Observation>
  private let finished: EventLoopPromise<Observation>
  private let stopsAfter: @Sendable (Observation) -> Bool

  private init(
    _ loop: any EventLoop, finished: EventLoopPromise<Observation>,
    stopsAfter: @escaping @Sendable (Observation) -> Bool
  ) {
    observation = NIOLoopBoundBox(Observation(), eventLoop: loop)
    self.finished = finished
    self.stopsAfter = stopsAfter
  }

  /// Ends when the connection does, or once `stopsAfter` holds.
  static func observe(
    port: Int, serverName: String? = "server.example",
    versions: ClosedRange<TLSVersion> = .tls10 ... .tls13, sending text: String? = nil,
    stopsAfter: @escaping @Sendable (Observation) -> Bool = { $0.summary != nil }
  ) async throws -> Observation {
    let context = try TLSClientContext(versions: versions)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let finished = loop.makePromise(of: Observation.self)
    let channel = try await ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            TLSClientHandler(context: context, serverName: serverName),
            ObservingClient(channel.eventLoop, finished: finished, stopsAfter: stopsAfter),
          ])
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    if let text { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    return try await finished.futureResult.get()
  }

  private func update(
    _ context: ChannelHandlerContext, _ change: (inout Observation) -> Void
  ) {
    var now = observation.value
    change(&now)
    observation.value = now
    if stopsAfter(now) {
      finished.succeed(now)
      context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    update(context) { observation in
      switch event {
      case let summary as TLSHandshakeSummary: observation.summary = summary
      case let ticket as TLSSessionTicketReceived: observation.tickets.append(ticket.lifetimeHint)
      case is TLSCloseNotifyReceived: observation.sawCloseNotify = true
      default: break
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = Array(unwrapInboundIn(data).readableBytesView)
    update(context) { $0.received += bytes }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    update(context) { $0.error = error as? TLSError }
  }

  func channelInactive(context: ChannelHandlerContext) {
    finished.succeed(observation.value)
  }
}

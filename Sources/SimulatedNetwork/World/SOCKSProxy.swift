internal import NIOCore
internal import NIOPosix

/// A SOCKS5 proxy (RFC 1928; no authentication, or any user and password after RFC 1929; CONNECT)
/// in front of the simulated servers, onion services and documentation addresses among them.
///
/// It dials nothing: the client's own connection becomes one of the server.
final class SOCKSProxy: Sendable {
  private let listener: any Channel

  private init(listener: any Channel) {
    self.listener = listener
  }

  /// On a free port.
  static func start(
    _ directory: ProxyDirectory, group: MultiThreadedEventLoopGroup
  ) async throws(SimulationError) -> SOCKSProxy {
    let bootstrap = ServerBootstrap(group: group).childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(SOCKSHandler(directory))
      }
    }
    do {
      return SOCKSProxy(listener: try await bootstrap.bind(host: "127.0.0.1", port: 0).get())
    } catch {
      throw SimulationError(
        .cannotBind, place: "127.0.0.1", found: "\(error)",
        remedy: "check that loopback addresses can be bound")
    }
  }

  /// Address and port, as clients are told.
  var address: String { "127.0.0.1:\(listener.localAddress?.port ?? 0)" }

  func stop() async { try? await listener.close() }
}

/// One client of the proxy, until its connection is the server's.
private final class SOCKSHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let directory: ProxyDirectory
  private var conversation = SOCKSConversation()
  private var isLeading = false
  private var isClosed = false
  private var surplus: [UInt8] = []
  private var patience: Scheduled<Void>?

  /// Time to state what is wanted.
  private static let patience = TimeAmount.seconds(30)
  /// Bytes that a client may send before it was answered.
  private static let maximumSurplus = 1 << 20

  init(_ directory: ProxyDirectory) {
    self.directory = directory
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    patience = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    patience?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosed else { return }
    let bytes = unwrapInboundIn(data)
    if isLeading {
      surplus.append(contentsOf: bytes.readableBytesView)
      if surplus.count > Self.maximumSurplus { close(context) }
      return
    }
    for action in conversation.receive(bytes.readableBytesView) {
      switch action {
      case .send(let bytes): send(bytes, context)
      case .close: close(context)
      case .connect(let target): lead(to: target, context)
      }
    }
  }

  private func lead(to target: SOCKSTarget, _ context: ChannelHandlerContext) {
    let destination: ProxyDirectory.Destination
    do {
      destination = try directory.find(target).get()
    } catch {
      send(error.reply.bytes, context)
      return close(context)
    }
    isLeading = true
    surplus = conversation.rest
    let arrival = Arrival(
      endpoint: destination.endpoint, client: context.remoteAddress?.ipAddress ?? "",
      proxyUser: target.user)
    // Before the server's first bytes.
    send(SOCKSReply.succeeded.bytes, context)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    destination.server.accept(context.channel, arrival).whenComplete { result in
      let (handler, context) = bound.value
      if case .failure = result { return handler.close(context) }
      handler.handOver(context)
    }
  }

  /// What the client has sent since goes to the server.
  private func handOver(_ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    isClosed = true
    patience?.cancel()
    if !surplus.isEmpty {
      context.fireChannelRead(wrapInboundOut(context.channel.allocator.buffer(bytes: surplus)))
      context.fireChannelReadComplete()
    }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func close(_ context: ChannelHandlerContext) {
    isClosed = true
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

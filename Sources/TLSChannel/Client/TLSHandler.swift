public import NIOCore

/// TLS between the socket and the handlers above it: what client and server have in common.
///
/// Plaintext in, plaintext out; the handshake starts by itself when the channel is active. A failure
/// is fired as a ``TLSError`` and closes the channel; what is written before the handshake is done
/// waits for it. Confined to its channel's event loop.
open class TLSHandler: ChannelDuplexHandler {
  public typealias InboundIn = ByteBuffer
  public typealias InboundOut = ByteBuffer
  public typealias OutboundIn = ByteBuffer
  public typealias OutboundOut = ByteBuffer

  private enum Phase {
    case idle
    case handshaking
    case open
    case closed
  }

  /// Bytes of the other side that a handshake may take before it is given up, 2 MiB.
  public static let maximumHandshakeBytes = 2 << 20

  package let connection: TLSConnection
  private var phase = Phase.idle
  private var handshakeBytes = 0
  private var isReadPending = false
  private var waiting = CircularBuffer<(buffer: ByteBuffer, promise: EventLoopPromise<Void>?)>()
  private var isFlushWanted = false

  package init(connection: TLSConnection) {
    self.connection = connection
  }

  /// The event that tells handlers above what the handshake showed.
  open func summarise() -> any Sendable {
    TLSCloseNotifyReceived()
  }

  public final func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { begin(context) }
  }

  public final func handlerRemoved(context: ChannelHandlerContext) {
    phase = .closed
    failWaiting(ChannelError.ioOnClosedChannel)
  }

  public final func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    begin(context)
  }

  private func begin(_ context: ChannelHandlerContext) {
    guard phase == .idle else { return }
    phase = .handshaking
    advanceHandshake(context)
  }

  // MARK: Inbound

  public final func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase != .closed else { return }
    begin(context)
    let bytes = unwrapInboundIn(data)
    if phase == .handshaking {
      handshakeBytes += bytes.readableBytes
      if handshakeBytes > Self.maximumHandshakeBytes {
        return fail(.handshakeTooLarge, "over \(Self.maximumHandshakeBytes) bytes", context)
      }
    }
    guard connection.receive(bytes) else {
      return fail(.libraryFailed, "memory BIO: \(OpenSSLErrors.drain())", context)
    }
    if phase == .handshaking { advanceHandshake(context) }
    if phase == .open { deliver(context) }
  }

  public final func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    // Handlers above asked for plaintext; a record's first half is none.
    if isReadPending, phase != .closed { context.read() }
  }

  public final func read(context: ChannelHandlerContext) {
    isReadPending = true
    context.read()
  }

  private func advanceHandshake(_ context: ChannelHandlerContext) {
    let progress = connection.handshake()
    sendOutgoing(context, promise: nil)
    switch progress {
    case .starved:
      context.read()
    case .done:
      phase = .open
      context.fireUserInboundEventTriggered(summarise())
      reportTickets(context)
      if isFlushWanted { encryptWaiting(context) }
    case .failed(let detail):
      fail(.handshakeFailed, detail, context)
    }
  }

  private func deliver(_ context: ChannelHandlerContext) {
    while phase == .open {
      switch connection.read(context.channel.allocator) {
      case .plaintext(let buffer):
        isReadPending = false
        reportTickets(context)
        context.fireChannelRead(wrapInboundOut(buffer))
      case .starved:
        sendOutgoing(context, promise: nil)
        reportTickets(context)
        // A key update or a late ticket may be what a stalled write waited for.
        if isFlushWanted { encryptWaiting(context) }
        return
      case .ended:
        reportTickets(context)
        context.fireUserInboundEventTriggered(TLSCloseNotifyReceived())
        finish(context, mode: .all, promise: nil)
        return
      case .failed(let detail):
        return fail(.recordFailed, detail, context)
      }
    }
  }

  private func reportTickets(_ context: ChannelHandlerContext) {
    for lifetime in connection.observed.takeTickets() {
      context.fireUserInboundEventTriggered(TLSSessionTicketReceived(lifetimeHint: lifetime))
    }
  }

  public final func channelInactive(context: ChannelHandlerContext) {
    let wasHandshaking = phase == .handshaking
    phase = .closed
    failWaiting(ChannelError.ioOnClosedChannel)
    if wasHandshaking {
      context.fireErrorCaught(error(.closedDuringHandshake, "the connection ended"))
    }
    context.fireChannelInactive()
  }

  public final func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.fireErrorCaught(error)
  }

  // MARK: Outbound

  public final func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    guard phase != .closed else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    waiting.append((unwrapOutboundIn(data), promise))
  }

  public final func flush(context: ChannelHandlerContext) {
    isFlushWanted = true
    if phase == .open { encryptWaiting(context) } else { context.flush() }
  }

  public final func channelWritabilityChanged(context: ChannelHandlerContext) {
    if phase == .open, isFlushWanted { encryptWaiting(context) }
    context.fireChannelWritabilityChanged()
  }

  /// Encrypts what waits for as long as the socket takes it: the rest stays plaintext, in order.
  private func encryptWaiting(_ context: ChannelHandlerContext) {
    while phase == .open, context.channel.isWritable, let next = waiting.popFirst() {
      var buffer = next.buffer
      let promise = next.promise
      while buffer.readableBytes > 0 {
        switch connection.write(&buffer) {
        case .done: continue
        case .starved:
          waiting.prepend((buffer, promise))
          sendOutgoing(context, promise: nil)
          return
        case .failed(let detail):
          promise?.fail(error(.recordFailed, detail))
          return fail(.recordFailed, detail, context)
        }
      }
      sendOutgoing(context, promise: promise)
    }
    if waiting.isEmpty { isFlushWanted = false }
  }

  private func sendOutgoing(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
    guard let bytes = connection.takeOutgoing(context.channel.allocator) else {
      promise?.succeed(())
      return
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
  }

  public final func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    if mode == .input || phase == .closed {
      context.close(mode: mode, promise: promise)
    } else {
      finish(context, mode: mode, promise: promise)
    }
  }

  /// Says close_notify where there is a session to end, then closes.
  private func finish(
    _ context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    if phase == .open { encryptWaiting(context) }
    connection.shutDown()
    sendOutgoing(context, promise: nil)
    if mode == .all { phase = .closed }
    failWaiting(ChannelError.ioOnClosedChannel)
    context.close(mode: mode, promise: promise)
  }

  // MARK: Failure

  private func error(_ code: TLSError.Code, _ detail: String) -> TLSError {
    let observed = connection.observed
    return TLSError(
      code, detail, receivedAlert: observed.receivedAlert, sentAlert: observed.sentAlert,
      chain: observed.chain)
  }

  private func fail(_ code: TLSError.Code, _ detail: String, _ context: ChannelHandlerContext) {
    let error = error(code, detail)
    phase = .closed
    failWaiting(error)
    sendOutgoing(context, promise: nil)
    context.fireErrorCaught(error)
    context.close(promise: nil)
  }

  private func failWaiting(_ error: any Error) {
    while let (_, promise) = waiting.popFirst() { promise?.fail(error) }
  }
}

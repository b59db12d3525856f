internal import NIOCore
internal import SimulatedServers

/// The outgoing half of a connection: messages become packets, and what the client has not taken
/// is counted. Confined to the connection's event loop.
final class PacketOutput {
  private var padded: PaddedSendBuffer?
  private var replies = PendingReplies()
  private let log: ConnectionLog?
  private var flushTask: Scheduled<Void>?
  private var isClosing = false
  /// Seconds since the connection opened, and when that was asked.
  private var clock = (seconds: 0.0, at: NIODeadline.now())
  private var lastProgress = NIODeadline.now()
  /// Bytes that the network has not taken yet.
  private(set) var unsentBytes = 0

  init(rule: PaddedSendBuffer.Rule?, log: ConnectionLog?) {
    padded = rule.map { PaddedSendBuffer(rule: $0, now: 0) }
    self.log = log
  }

  /// - Parameters:
  ///   - message: with its line end.
  ///   - time: seconds since the connection was opened.
  ///   - whenSent: called each time that the network has taken something.
  func send(
    _ message: [UInt8], owner: RequestRecord?, at time: Double, _ context: ChannelHandlerContext,
    whenSent: @escaping @Sendable () -> Void
  ) {
    clock = (time, context.eventLoop.now)
    replies.append(owner, bytes: message.count)
    if padded == nil { return write([message], context, whenSent) }
    padded?.append(message)
    flush(context, whenSent)
  }

  private func flush(_ context: ChannelHandlerContext, _ whenSent: @escaping @Sendable () -> Void) {
    let now = time(context)
    write(padded?.packets(now: now) ?? [], context, whenSent)
    flushTask?.cancel()
    guard let deadline = padded?.deadline else { return }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let wait = Int64(max(0, deadline - now) * 1e9) + 1
    flushTask = context.eventLoop.scheduleTask(in: .nanoseconds(wait)) {
      let (output, context) = bound.value
      if !output.isClosing { output.flush(context, whenSent) }
    }
  }

  private func time(_ context: ChannelHandlerContext) -> Double {
    clock.seconds + Double((context.eventLoop.now - clock.at).nanoseconds) * 1e-9
  }

  private func write(
    _ packets: [[UInt8]], _ context: ChannelHandlerContext,
    _ whenSent: @escaping @Sendable () -> Void
  ) {
    guard !packets.isEmpty else { return }
    for packet in packets { replies.sent(packet: packet, isPadded: padded != nil) }
    let bytes = packets.count == 1 ? packets[0] : packets.flatMap { $0 }
    log?.sent(bytes: bytes.count)
    if unsentBytes == 0 { lastProgress = context.eventLoop.now }
    unsentBytes += bytes.count
    let written = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    written.futureResult.whenComplete { _ in
      let (output, context) = bound.value
      output.unsentBytes -= bytes.count
      output.lastProgress = context.eventLoop.now
      if !output.isClosing { whenSent() }
    }
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.writeAndFlush(NIOAny(buffer), promise: written)
  }

  /// Closes once all that was written is on its way.
  func close(_ context: ChannelHandlerContext) {
    cancel()
    write(padded?.close() ?? [], context) {}
    let written = context.eventLoop.makePromise(of: Void.self)
    let channel = context.channel
    written.futureResult.whenComplete { _ in channel.close(promise: nil) }
    context.writeAndFlush(NIOAny(context.channel.allocator.buffer(capacity: 0)), promise: written)
  }

  /// Nothing that waits is sent any more.
  func cancel() {
    isClosing = true
    flushTask?.cancel()
  }

  func isStalled(at now: NIODeadline, for limit: TimeAmount) -> Bool {
    unsentBytes > 0 && now - lastProgress >= limit
  }
}

internal import ElectrumProtocol
internal import NIOCore
internal import SimulatedServers

/// Carries one session over a channel: lines in, messages out, with the implementation's packets
/// and the server's delay.
final class ServerChannelHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Longest line taken, as in ElectrumX; longer ones are dropped up to their end.
  static let maximumLine = 1_000_000

  private var session: any ServerSession
  private var splitter = LineSplitter(maximumLength: maximumLine)
  private var isSkipping = false
  private var padded: PaddedSendBuffer?
  private var flushTask: Scheduled<Void>?
  private let delay: TimeAmount
  private var isClosing = false

  init(session: any ServerSession, delayMilliseconds: Int) {
    self.session = session
    delay = .milliseconds(Int64(delayMilliseconds))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if let rule = session.padding { padded = PaddedSendBuffer(rule: rule, now: now(context)) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    flushTask?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    splitter.append(unwrapInboundIn(data))
    var messages: [[UInt8]] = []
    while !isClosing {
      do throws(LineSplitter.TooLong) {
        guard let line = try splitter.next() else { break }
        if isSkipping {
          isSkipping = false
          continue
        }
        if apply(session.receive(line, at: now(context)), to: &messages) == .abort {
          return close(context)
        }
      } catch {
        splitter.discardRemainder()
        isSkipping = true
        break
      }
    }
    send(messages, context)
    if isClosing {
      if let rest = padded?.close() { write(rest, context) }
      close(context)
    }
  }

  /// `.abort` ends all at once; after `.close` what was collected is still sent.
  private func apply(
    _ effects: [SessionEffect], to messages: inout [[UInt8]]
  ) -> SessionEffect? {
    for effect in effects {
      switch effect {
      case .send(let message), .sendLater(let message, _):
        messages.append(message + session.lineEnd)
      case .pause: break
      case .close: isClosing = true
      case .abort:
        isClosing = true
        return .abort
      }
    }
    return nil
  }

  private func send(_ messages: [[UInt8]], _ context: ChannelHandlerContext) {
    guard padded != nil else { return write(messages, context) }
    for message in messages {
      padded?.append(message)
      flushPadded(context)
    }
  }

  private func flushPadded(_ context: ChannelHandlerContext) {
    write(padded?.packets(now: now(context)) ?? [], context)
    flushTask?.cancel()
    guard let deadline = padded?.deadline else { return }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let wait = max(0, deadline - now(context))
    flushTask = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(wait * 1e9) + 1)) {
      let (handler, context) = bound.value
      if !handler.isClosing { handler.flushPadded(context) }
    }
  }

  private func write(_ packets: [[UInt8]], _ context: ChannelHandlerContext) {
    guard !packets.isEmpty else { return }
    let bytes = packets.flatMap { $0 }
    later(context) { context in
      let buffer = context.channel.allocator.buffer(bytes: bytes)
      context.writeAndFlush(NIOAny(buffer), promise: nil)
      // Who does not read is not read from.
      if !context.channel.isWritable { Self.setReading(false, context) }
    }
  }

  private static func setReading(_ isReading: Bool, _ context: ChannelHandlerContext) {
    context.channel.setOption(.autoRead, value: isReading).whenFailure { _ in }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { Self.setReading(true, context) }
    context.fireChannelWritabilityChanged()
  }

  /// Once all that was written is on its way.
  private func close(_ context: ChannelHandlerContext) {
    isClosing = true
    flushTask?.cancel()
    later(context) { context in
      let written = context.eventLoop.makePromise(of: Void.self)
      let channel = context.channel
      written.futureResult.whenComplete { _ in channel.close(promise: nil) }
      context.writeAndFlush(NIOAny(context.channel.allocator.buffer(capacity: 0)), promise: written)
    }
  }

  /// After the server's delay, in the order of the calls.
  private func later(
    _ context: ChannelHandlerContext, _ body: @escaping @Sendable (ChannelHandlerContext) -> Void
  ) {
    if delay.nanoseconds == 0 { return body(context) }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: delay) { body(bound.value) }
  }

  private func now(_ context: ChannelHandlerContext) -> Double {
    Double(context.eventLoop.now.uptimeNanoseconds) * 1e-9
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

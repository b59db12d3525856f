internal import NIOCore
internal import Statistics

/// The line between a client and a server, below everything else in a channel: what the server
/// sends, its handshake's packets too, arrives later, in order.
///
/// On loopback the kernel itself answers a client's SYN, so the time to connect is not delayed, and
/// nothing of an open connection is lost: TCP would repeat it. A lost connection is one that is
/// accepted and comes to nothing (``LostConnectionHandler``).
final class LinkHandler: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Item {
    case bytes(ByteBuffer, EventLoopPromise<Void>?)
    case close(CloseMode, EventLoopPromise<Void>?)
  }

  private let conditions: LinkConditions
  private var random: Xoshiro256StarStar
  private var waiting = CircularBuffer<(due: NIODeadline, item: Item)>()
  private var isScheduled = false
  private var isRemoved = false

  init(conditions: LinkConditions, random: Xoshiro256StarStar) {
    self.conditions = conditions
    self.random = random
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isDirect { return context.write(data, promise: promise) }
    append(.bytes(unwrapOutboundIn(data), promise), context)
  }

  func flush(context: ChannelHandlerContext) {
    if isDirect { context.flush() }
  }

  /// Nothing is held up, and nothing waits.
  private var isDirect: Bool {
    conditions.delayMilliseconds <= 0 && conditions.jitterMilliseconds <= 0 && waiting.isEmpty
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is ConnectionReset else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    forgetWaiting()
    context.close(promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .input || waiting.isEmpty { return context.close(mode: mode, promise: promise) }
    append(.close(mode, promise), context)
  }

  private func append(_ item: Item, _ context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    var due = now + .milliseconds(Int64(conditions.delayMilliseconds))
    if case .bytes = item, conditions.jitterMilliseconds > 0 {
      due = due + .milliseconds(Int64(random.nextIndex(below: conditions.jitterMilliseconds + 1)))
    }
    // A stream stays in order: what is late holds up what follows.
    if let last = waiting.last { due = max(due, last.due) }
    waiting.append((due, item))
    schedule(context)
  }

  private func schedule(_ context: ChannelHandlerContext) {
    guard !isScheduled, !isRemoved, let next = waiting.first else { return }
    isScheduled = true
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(deadline: next.due) {
      let (handler, context) = bound.value
      handler.deliver(context)
    }
  }

  private func deliver(_ context: ChannelHandlerContext) {
    isScheduled = false
    guard !isRemoved else { return }
    let now = context.eventLoop.now
    while let next = waiting.first, next.due <= now {
      waiting.removeFirst()
      switch next.item {
      case .bytes(let bytes, let promise): context.write(wrapOutboundOut(bytes), promise: promise)
      case .close(let mode, let promise): context.close(mode: mode, promise: promise)
      }
      if isRemoved { return }
    }
    context.flush()
    schedule(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    isRemoved = true
    forgetWaiting()
  }

  private func forgetWaiting() {
    while let (_, item) = waiting.popFirst() {
      switch item {
      case .bytes(_, let promise), .close(_, let promise):
        promise?.fail(ChannelError.ioOnClosedChannel)
      }
    }
  }
}

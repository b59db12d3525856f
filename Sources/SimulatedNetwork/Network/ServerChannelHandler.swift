internal import ElectrumProtocol
internal import NIOCore
internal import SimulatedServers
import SimulatedTLS
internal import TLSChannel

/// A server learned something; fired into the pipelines of its connections.
struct ProfileUpdate: Sendable {
  let profile: ServerProfile
}

/// Carries one session over a channel: lines in, effects out, in the order in which the session
/// wants them. Holds a bounded amount for a client that does not read (``ConnectionLimits``).
final class ServerChannelHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// One effect with the request that it answers.
  private struct Step {
    let effect: SessionEffect
    let owner: RequestRecord?
  }

  private var session: any ServerSession
  private let limits: ConnectionLimits
  private let log: ConnectionLog?
  private var splitter: LineSplitter
  private var isSkipping = false
  private var steps = CircularBuffer<Step>()
  private var output: PacketOutput
  /// Bytes of messages that wait for a pause's end or for their own time.
  private var queuedBytes = 0
  private var isPaused = false
  private var isWorking = false
  private var isClosing = false
  private var isReadHeld = false
  private var opened = NIODeadline.now()
  private var lastRequest = NIODeadline.now()
  /// By number.
  private var tasks: [Int: Scheduled<Void>] = [:]
  private var taskCount = 0

  init(session: any ServerSession, limits: ConnectionLimits, log: ConnectionLog?) {
    self.session = session
    self.limits = limits
    self.log = log
    splitter = LineSplitter(maximumLength: min(limits.line, session.maximumLine))
    output = PacketOutput(rule: session.padding, log: log)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    opened = context.eventLoop.now
    lastRequest = opened
    watch(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    isClosing = true
    for task in tasks.values { task.cancel() }
    tasks = [:]
    output.cancel()
    log?.closed()
  }

  // MARK: Requests

  func channelActive(context: ChannelHandlerContext) {
    append(session.open(), owner: nil)
    work(context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    splitter.append(unwrapInboundIn(data))
    work(context)
  }

  /// Nothing more is read of a client that leaves too much unread, nor during a pause.
  func read(context: ChannelHandlerContext) {
    if isReady { context.read() } else { isReadHeld = true }
  }

  private var isReady: Bool {
    !isPaused && !isClosing && queuedBytes + output.unsentBytes < limits.pendingSoft
  }

  /// Does what can be done now: effects first, then further lines.
  private func work(_ context: ChannelHandlerContext) {
    guard !isWorking else { return }
    isWorking = true
    repeat {
      perform(context)
    } while isReady && takeLine(context)
    isWorking = false
    log?.settle()
    if isReadHeld, isReady {
      isReadHeld = false
      context.read()
    }
  }

  /// - Returns: whether there was a line.
  private func takeLine(_ context: ChannelHandlerContext) -> Bool {
    do throws(LineSplitter.TooLong) {
      guard let line = try splitter.next() else { return false }
      if isSkipping {
        isSkipping = false
        log?.skipped(bytes: line.count)
        return true
      }
      lastRequest = context.eventLoop.now
      let record = log?.received(line)
      append(session.receive(line, at: now(context)), owner: record)
      return true
    } catch {
      splitter.discardRemainder()
      isSkipping = true
      return false
    }
  }

  // MARK: Effects

  private func append(_ effects: [SessionEffect], owner: RequestRecord?) {
    for effect in effects {
      queuedBytes += effect.messageBytes
      if effect.messageBytes > 0 { owner?.expectMessage() }
      steps.append(Step(effect: effect, owner: owner))
    }
  }

  private func perform(_ context: ChannelHandlerContext) {
    while !isPaused, !isClosing, let step = steps.popFirst() {
      switch step.effect {
      case .send(let message):
        queuedBytes -= message.count
        send(message, owner: step.owner, context)
      case .sendLater(let message, let seconds):
        let later = Step(effect: .send(message), owner: step.owner)
        after(seconds, context) { handler in handler.steps.append(later) }
      case .pause(let seconds):
        isPaused = true
        after(seconds, context) { handler in handler.isPaused = false }
      case .close:
        isClosing = true
        output.close(context)
      case .abort:
        isClosing = true
        output.cancel()
        context.close(promise: nil)
      }
    }
    if queuedBytes + output.unsentBytes > limits.pendingHard { reset(context) }
  }

  private func send(_ message: [UInt8], owner: RequestRecord?, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    output.send(message + session.lineEnd, owner: owner, at: now(context), context) {
      let (handler, context) = bound.value
      handler.work(context)
    }
  }

  private func after(
    _ seconds: Double, _ context: ChannelHandlerContext,
    _ change: @escaping (ServerChannelHandler) -> Void
  ) {
    let wait = TimeAmount.nanoseconds(Int64(min(max(seconds, 0), 86_400) * 1e9))
    schedule(wait, context) { handler, context in
      guard !handler.isClosing else { return }
      change(handler)
      handler.work(context)
    }
  }

  private func schedule(
    _ wait: TimeAmount, _ context: ChannelHandlerContext,
    _ body: @escaping (ServerChannelHandler, ChannelHandlerContext) -> Void
  ) {
    taskCount += 1
    let number = taskCount
    let bound = NIOLoopBound((self, context, body), eventLoop: context.eventLoop)
    tasks[number] = context.eventLoop.scheduleTask(in: wait) {
      let (handler, context, body) = bound.value
      handler.tasks[number] = nil
      body(handler, context)
    }
  }

  // MARK: Events

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case let update as ProfileUpdate:
      guard !isClosing else { return }
      let effects = session.update(update.profile, at: now(context))
      for effect in effects where effect.messageBytes > 0 {
        log?.notified(bytes: effect.messageBytes + session.lineEnd.count)
      }
      append(effects, owner: nil)
      work(context)
    case let accepted as TLSClientAccepted:
      log?.handshake(
        version: accepted.version, cipher: accepted.cipher, serverName: accepted.serverName)
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Looks now and then whether the client is still there.
  private func watch(_ context: ChannelHandlerContext) {
    let interval = min(limits.idle, limits.stalled)
    schedule(.nanoseconds(interval.nanoseconds / 4), context) { handler, context in
      let now = context.eventLoop.now
      if handler.output.isStalled(at: now, for: handler.limits.stalled) {
        handler.reset(context)
      } else if !handler.isClosing, now - handler.lastRequest >= handler.limits.idle {
        handler.isClosing = true
        handler.output.close(context)
      } else {
        handler.watch(context)
      }
    }
  }

  private func reset(_ context: ChannelHandlerContext) {
    isClosing = true
    output.cancel()
    context.channel.reset()
  }

  /// Seconds since the connection was opened.
  private func now(_ context: ChannelHandlerContext) -> Double {
    Double((context.eventLoop.now - opened).nanoseconds) * 1e-9
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

extension SessionEffect {
  /// Bytes of the message, without its line end.
  fileprivate var messageBytes: Int {
    switch self {
    case .send(let message), .sendLater(let message, _): message.count
    case .pause, .close, .abort: 0
    }
  }
}

import Artifact
import ElectrumProtocol
import NIOCore
import Probing
import Records
import TLSChannel
import Timekeeping

/// Leads one connection through its phases and keeps what it sees. Confined to its event loop.
final class AttemptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Phase {
    case connecting
    case proxy
    case tls
    case conversation
    case ended
  }

  private let candidate: Candidate
  private let session: ProbeSession
  /// Of the connection to this endpoint, from 1.
  private let number: Int
  private let settings: AttemptSettings
  private let start: NIODeadline
  private let finished: EventLoopPromise<AttemptResult>
  private let startedAt: UTCTime

  private var phase = Phase.connecting
  private var conversation: Conversation
  private let proxy: SOCKSProxyAddress?
  private let log: AttemptLog?
  /// The handshake's own handler, where there is one.
  var tls: TLSClientHandler?
  private let gate: TransferGate
  private var permit: TransferPermit?
  private var isWaiting = false
  private var totalLeft: TimeAmount
  private var totalSince = NIODeadline.now()
  /// Whose ticket is offered.
  var ticketFrom: String?
  private var connectMicroseconds: Int?
  private var socksMicroseconds: Int?
  private var facts: TLSFacts?
  private var chain: [[UInt8]] = []
  /// What ended the attempt before the conversation did.
  private var failure: Outcome?
  private var detail = ""
  /// Whether our own machine lacked what the connection needs.
  private var lacksResources = false
  private var channel: (any Channel)?
  private var lastProgress = 0
  private var timer: Scheduled<Void>?
  private var totalTimer: Scheduled<Void>?
  private var silenceTimer: Scheduled<Void>?

  init(
    _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
    settings: AttemptSettings, proxy: SOCKSProxyAddress?, log: String?,
    gate: TransferGate, startedAt: UTCTime, start: NIODeadline,
    finished: EventLoopPromise<AttemptResult>
  ) {
    self.candidate = candidate
    self.session = session
    self.number = number
    self.settings = settings
    self.proxy = proxy
    self.log = log.flatMap { AttemptLog(path: $0) }
    self.gate = gate
    totalLeft = settings.totalTimeout
    self.startedAt = startedAt
    self.start = start
    self.finished = finished
    conversation = Conversation(session: session, byteLimit: settings.byteLimit, answers: answers)
  }

  private var now: Int { Int((NIODeadline.now() - start).nanoseconds / 1000) }

  // MARK: Phases

  func handlerAdded(context: ChannelHandlerContext) {
    channel = context.channel
  }

  func channelActive(context: ChannelHandlerContext) {
    guard phase == .connecting || phase == .proxy else { return }
    if failure != nil { return close(context) }
    if phase == .proxy { socksMicroseconds = now - (connectMicroseconds ?? 0) }
    if phase == .connecting { connected(context) }
    if candidate.transport == .ssl {
      enter(.tls, for: settings.tlsTimeout, context)
    } else {
      converse(context)
    }
    context.fireChannelActive()
  }

  private func connected(_ context: ChannelHandlerContext) {
    connectMicroseconds = now
    armTotalTimer(context)
  }

  private func armTotalTimer(_ context: ChannelHandlerContext) {
    totalSince = .now()
    totalTimer = schedule(context, totalLeft) { handler, context in handler.timeOut(context) }
  }

  private func enter(_ phase: Phase, for time: TimeAmount, _ context: ChannelHandlerContext) {
    self.phase = phase
    timer?.cancel()
    timer = schedule(context, time) { handler, context in handler.timeOut(context) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is SOCKSProxyReached where phase == .connecting:
      connected(context)
      enter(.proxy, for: settings.socksTimeout, context)
    case let summary as TLSHandshakeSummary where phase == .tls:
      chain = summary.chain
      facts = TLSFacts(summary, ticketLifetime: summary.ticketLifetimeHint)
      facts?.durationMicroseconds = now - (connectMicroseconds ?? 0) - (socksMicroseconds ?? 0)
      facts?.ticketFrom = ticketFrom
      facts?.resumed = ticketFrom == nil ? nil : summary.wasResumed
      converse(context)
    case let ticket as TLSSessionTicketReceived:
      facts?.sessionTicket = true
      if facts?.ticketLifetimeSeconds == nil {
        facts?.ticketLifetimeSeconds = Int(clamping: ticket.lifetimeHint)
      }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  private func converse(_ context: ChannelHandlerContext) {
    phase = .conversation
    if let log {
      log.append(record.opening)
      for der in chain { log.append(.certificate, at: now, der) }
    }
    ask(context)
  }

  private func ask(_ context: ChannelHandlerContext) {
    var output = context.channel.allocator.buffer(capacity: 512)
    while true {
      let time = now
      guard let request = conversation.nextRequest(at: time) else { break }
      output.writeBytes(request)
      log?.append(.sent, at: time, request)
    }
    if output.readableBytes > 0 {
      context.writeAndFlush(wrapOutboundOut(output), promise: nil)
    }
    // Where the last questions do not apply, asking is what ends it.
    if conversation.end != nil { return close(context) }
    armReplyTimer(context)
    waitInSilence(context)
  }

  /// The next request leaves when nothing has been under way for a while.
  private func waitInSilence(_ context: ChannelHandlerContext) {
    silenceTimer?.cancel()
    silenceTimer = conversation.silentUntil.map { time in
      schedule(context, .microseconds(Int64(max(0, time - now)))) { handler, context in
        if handler.phase == .conversation { handler.ask(context) }
      }
    }
  }

  /// A byte a second is no progress: the timer runs on until a request leaves or a reply is whole.
  private func armReplyTimer(_ context: ChannelHandlerContext) {
    guard conversation.progress != lastProgress, !isWaiting else { return }
    lastProgress = conversation.progress
    timer?.cancel()
    timer = schedule(context, settings.replyTimeout) { handler, context in
      if handler.phase == .conversation, handler.conversation.giveUp() {
        handler.ask(context)
      } else {
        handler.timeOut(context)
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase == .conversation else { return }
    let time = now
    let bytes = unwrapInboundIn(data).readableBytesView
    log?.append(.received, at: time, bytes)
    conversation.receive(bytes, at: time)
    if permit == nil, !isWaiting, conversation.received.count > TransferGate.free {
      waitForPermit(context)
    }
  }

  /// Reads no more until few others do; the waiting is ours, so that no timer counts it.
  private func waitForPermit(_ context: ChannelHandlerContext) {
    isWaiting = true
    timer?.cancel()
    totalTimer?.cancel()
    totalLeft = totalLeft - (NIODeadline.now() - totalSince)
    context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    gate.enter(on: context.eventLoop) { permit in
      let (handler, context) = bound.value
      handler.goOn(with: permit, context)
    }
  }

  private func goOn(with permit: TransferPermit, _ context: ChannelHandlerContext) {
    isWaiting = false
    if phase == .ended { return }
    self.permit = permit
    lastProgress = -1
    armReplyTimer(context)
    armTotalTimer(context)
    context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    guard phase == .conversation else { return }
    if conversation.end != nil { return close(context) }
    ask(context)
  }

  // MARK: Ends

  private func schedule(
    _ context: ChannelHandlerContext, _ delay: TimeAmount,
    _ body: @escaping (AttemptHandler, ChannelHandlerContext) -> Void
  ) -> Scheduled<Void> {
    context.eventLoop.assumeIsolated().scheduleTask(in: delay) { body(self, context) }
  }

  private func timeOut(_ context: ChannelHandlerContext) {
    switch phase {
    case .proxy: failure = failure ?? .socksTimedOut
    case .tls: failure = failure ?? .tlsTimedOut
    case .conversation: conversation.finish(.timedOut)
    case .connecting, .ended: break
    }
    close(context)
  }

  func abort() {
    if phase == .ended { return }
    if phase == .conversation { conversation.finish(.aborted) } else { failure = .aborted }
    channel?.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    note(error)
    close(context)
  }

  private func note(_ error: any Error) {
    if detail.isEmpty { detail = FailureText.detail(of: error) }
    if FailureText.isShortageOfOurs(error) { return noteShortage() }
    switch phase {
    case .proxy: failure = failure ?? FailureText.outcome(ofProxy: error)
    case .tls:
      if let error = error as? TLSError { noteFailedHandshake(error) }
      let code = (error as? TLSError)?.code
      let isClosed = code == .closedDuringHandshake || error is IOError
      failure = failure ?? (isClosed ? .tlsClosed : .tlsFailed)
    case .conversation:
      // Whether a close arrives as FIN or RST depends on timing: the detail says which.
      conversation.finish(.closed)
    case .connecting, .ended: break
    }
  }

  private func noteShortage() {
    lacksResources = true
    detail = FailureText.ours(detail)
    if phase == .conversation {
      conversation.finish(.aborted)
    } else {
      failure = failure ?? .untestedSkipped
    }
  }

  /// What had arrived of the server by then.
  private func noteFailedHandshake(_ error: TLSError) {
    if error.chain.isEmpty { return }
    chain = error.chain
    facts = TLSFacts(failed: error)
    facts?.durationMicroseconds = now - (connectMicroseconds ?? 0) - (socksMicroseconds ?? 0)
  }

  private func close(_ context: ChannelHandlerContext) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if phase == .proxy { failure = failure ?? .socksFailed }
    if phase == .tls { failure = failure ?? .tlsClosed }
    if phase == .conversation { conversation.finish(.closed) }
    finish()
    context.fireChannelInactive()
  }

  /// The connection never came to be.
  func connectFailed(_ error: any Error) {
    if phase == .ended { return }
    if failure == nil {
      failure = FailureText.outcome(ofConnecting: error)
      detail = FailureText.detail(of: error)
      if FailureText.isShortageOfOurs(error) {
        failure = nil
        noteShortage()
      } else if let proxy {
        // Our proxy is down: nothing was asked of the server.
        failure = .untestedNoRoute
        detail = "the proxy \(proxy.text): \(detail)"
      }
    }
    finish()
  }

  private func finish() {
    if phase == .ended { return }
    phase = .ended
    timer?.cancel()
    totalTimer?.cancel()
    silenceTimer?.cancel()
    channel = nil
    finished.succeed(result)
  }

  private var record: AttemptRecord {
    var record = AttemptRecord(
      candidate: candidate, session: session.id, number: number, startedAt: startedAt,
      connectMicroseconds: connectMicroseconds, tls: facts, chain: chain, failure: failure,
      detail: detail)
    record.socksMicroseconds = socksMicroseconds
    return record
  }

  private var result: AttemptResult {
    var result = record.result(conversation, durationMicroseconds: now)
    result.log = log?.path
    result.permit = permit
    result.lacksResources = lacksResources
    permit = nil
    return result
  }
}

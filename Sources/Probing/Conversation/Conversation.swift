package import ElectrumProtocol
package import Records

/// One session of a plan put to one server: what to send next, what answered what, and how each
/// probe ended.
///
/// Pure: bytes and times (microseconds since the start of the attempt) come in, bytes and outcomes
/// go out. Replies are paired by id, in any order; notifications and strangers are passed over. A
/// probe that breaks the rules stands alone before a fence: a ping whose answer shows that nothing
/// will come.
package struct Conversation {
  /// Why nothing more will be sent or read.
  package enum End: Sendable, Equatable {
    case complete
    /// The server has had enough of us.
    case throttled
    /// The first probe was not answered with an identification.
    case unidentified
    case closed
    case timedOut
    case tooLarge
    case aborted
  }

  package private(set) var sent = ByteRecord(limit: 1 << 20)
  package private(set) var received: ByteRecord
  package private(set) var isTruncated = false
  package private(set) var identification: Identification?
  /// The result of `server.peers.subscribe`.
  package private(set) var peers: WireValue?
  /// The result of `server.features`.
  package private(set) var features: WireValue?
  package private(set) var answers: EarlierAnswers
  /// Place of the probe that was put last.
  package private(set) var lastAsked: Int?

  private var sequence: ProbeSequence
  private var fences = Fences()
  private var splitter: LineSplitter
  private var lineIndex = 0
  private var lineStart: Int?
  private var sawUnpairedLine = false

  /// - Parameters:
  ///   - byteLimit: of what the server may send.
  ///   - answers: what earlier connections to the same server gave, for questions about it.
  package init(session: ProbeSession, byteLimit: Int, answers: EarlierAnswers = EarlierAnswers()) {
    sequence = ProbeSequence(session)
    self.answers = answers
    received = ByteRecord(limit: byteLimit)
    splitter = LineSplitter(maximumLength: byteLimit + 1)
  }

  package var exchanges: [Exchange] { sequence.exchanges }
  package var end: End? { sequence.end }
  /// Requests sent and replies paired: grows with everything but noise.
  package var progress: Int { sequence.progress }
  /// The server's own word on who it is decides the attempt, whatever came later.
  package var outcome: Outcome { exchanges.first?.outcome ?? .untestedSkipped }
  /// When the next request may leave where only silence keeps it back; nil: something else does.
  package var silentUntil: Int? { fences.due ?? sequence.silentUntil }
  /// Smallest answer time of a ping that no padding delayed. Unit: µs.
  package var roundTripMicroseconds: Int? { sequence.roundTripMicroseconds }

  private var probes: [Probe] { sequence.session.probes }

  /// The bytes of the next request that may leave now; nil while replies have to come first.
  package mutating func nextRequest(at time: Int) -> [UInt8]? {
    guard end == nil else { return nil }
    if let fence = fences.next(at: time) {
      _ = sent.append(fence, at: time)
      return fence
    }
    let version = identification.flatMap { ProtocolVersion($0.protocolVersion) }
    let (probes, answers) = (probes, answers)
    let next = sequence.next(at: time) { index in
      guard probes[index].protocols.contains(version) else { return nil }
      return ProbeRequest(
        probes[index], number: index + 1, version: version, answers: answers
      ).bytes
    }
    guard let next else { return nil }
    lastAsked = next.index
    if probes[next.index].isOdd { fences.raise(for: next.index, at: time) }
    _ = sent.append(next.bytes, at: time)
    return next.bytes
  }

  // MARK: Replies

  package mutating func receive(_ bytes: some Collection<UInt8>, at time: Int) {
    if end != nil { return }
    if splitter.remainder.isEmpty { lineStart = time }
    let kept = received.append(bytes, at: time)
    splitter.append(bytes.prefix(kept))
    while end == nil, let line = (try? splitter.next()).flatMap({ $0 }) {
      take(line, at: time)
      lineIndex += 1
      lineStart = time
    }
    if end == nil, kept < bytes.count {
      isTruncated = true
      finish(.tooLarge)
    }
  }

  private mutating func take(_ line: ArraySlice<UInt8>, at time: Int) {
    guard let document = try? WireDocument(parsing: line) else { return sawStrangeLine(at: time) }
    let padding = document.shape.paddingSpaces
    sequence.sawLine(bytes: line.count, padding: padding, at: time)
    switch ElectrumMessage(document.value) {
    case .notification: return
    case .reply(let reply): take(reply, padding: padding, at: time)
    case .batch(let items):
      let replies = items.flatMap(\.replies)
      guard let odd = sequence.oddInFlight else {
        for reply in replies where end == nil { take(reply, padding: padding, at: time) }
        return
      }
      answered(odd, .answered, padding: padding, at: time)
      if replies.contains(where: { $0.error?.meaning == .throttled }) { finish(.throttled) }
      sequence.finishIfComplete()
    case .other: sawStrangeLine(at: time)
    }
  }

  /// No Electrum server speaks so before it has said who it is: then there is nothing to wait for.
  private mutating func sawStrangeLine(at time: Int) {
    if let odd = sequence.oddInFlight {
      answered(odd, .replyMalformed, padding: 0, at: time)
      return sequence.finishIfComplete()
    }
    sawUnpairedLine = true
    if identification == nil { finish(.unidentified) }
  }

  private mutating func take(_ reply: ElectrumReply, padding: Int, at time: Int) {
    switch fences.take(reply) {
    case .stranger: break
    case .fence: return
    case .silence(let index):
      sequence.wasSilent(on: index)
      return sequence.finishIfComplete()
    }
    guard let index = index(of: reply) else {
      if let late = lateIndex(of: reply) { return takeLate(reply, late, padding, time) }
      if isTooLate(reply) { return }
      sawUnpairedLine = true
      if let error = reply.error, error.meaning == .throttled { finish(.throttled) }
      return
    }
    let outcome = ReplyClassifier.outcome(of: reply, to: probes[index])
    answered(index, outcome, padding: padding, at: time)
    learn(from: reply, index: index, outcome: outcome)
  }

  private mutating func answered(_ index: Int, _ outcome: Outcome, padding: Int, at time: Int) {
    fences.lower()
    sequence.answered(
      index, outcome, line: lineIndex, padding: padding, since: lineStart, at: time,
      software: identification?.software)
  }

  private mutating func learn(from reply: ElectrumReply, index: Int, outcome: Outcome) {
    if outcome == .throttled { return finish(.throttled) }
    if index == 0 {
      identification = reply.result.flatMap(Identification.init)
      if identification == nil { return finish(.unidentified) }
    }
    let id = probes[index].id
    if outcome == .answered, let result = reply.result {
      if id == "server.peers.subscribe" { peers = result }
      if id == "server.features" { features = result }
      answers.learn(id, result)
    }
    sequence.finishIfComplete()
  }

  /// By id, as a number or as the same digits in a text; an error without id (the server could not
  /// read a request) answers the one request in flight, and anything the one that breaks the rules.
  private func index(of reply: ElectrumReply) -> Int? {
    let number = reply.number ?? reply.id.text.flatMap { Int($0) }
    if let number, sequence.inFlight.contains(number - 1) { return number - 1 }
    if lateIndex(of: reply) != nil { return nil }
    if let odd = sequence.oddInFlight {
      // Another question's number is another question's answer, however late.
      let isAnothers =
        number.map { probes.indices.contains($0 - 1) && exchanges[$0 - 1].sentMicroseconds != nil }
      return probes[odd].carriesNumber && isAnothers == true ? nil : odd
    }
    if reply.id.isNull, reply.error != nil, sequence.inFlight.count == 1 {
      return sequence.inFlight.first
    }
    return nil
  }

  /// The question that was taken for answered by silence, and now is answered.
  private func lateIndex(of reply: ElectrumReply) -> Int? {
    let number = reply.number ?? reply.id.text.flatMap { Int($0) }
    guard let number, exchanges.indices.contains(number - 1),
      exchanges[number - 1].outcome == .replyNone
    else { return nil }
    return number - 1
  }

  /// Whether it answers what was given up, which stays without an answer in time.
  private func isTooLate(_ reply: ElectrumReply) -> Bool {
    let number = reply.number ?? reply.id.text.flatMap { Int($0) }
    guard let number, exchanges.indices.contains(number - 1), reply.error?.meaning != .throttled
    else { return false }
    return sequence.isGivenUp(number - 1)
  }

  /// Pings overtook the answer: a server may read a header from disk in another thread.
  private mutating func takeLate(_ reply: ElectrumReply, _ index: Int, _ padding: Int, _ time: Int)
  {
    let outcome = ReplyClassifier.outcome(of: reply, to: probes[index])
    sequence.answered(
      index, outcome, line: lineIndex, padding: padding, since: lineStart, at: time,
      software: identification?.software)
    if outcome == .throttled { finish(.throttled) }
  }

  // MARK: The end

  /// Nothing came in time: gives up what is in flight, once, where that leaves something to ask.
  ///
  /// - Returns: whether the conversation goes on; if not, it wants to be finished as timed out.
  package mutating func giveUp() -> Bool { sequence.giveUp() }

  /// Ends the conversation, once; what is in flight gets the outcome that the end gives it.
  package mutating func finish(_ end: End) {
    let isBroken = sawUnpairedLine || !splitter.remainder.isEmpty
    let sawUnpairedLine = sawUnpairedLine
    sequence.finish(end) { end in
      switch end {
      case .throttled: .throttled
      case .tooLarge: .replyTooLarge
      case .aborted: .aborted
      case .timedOut: sawUnpairedLine ? .replyMalformed : .replyTimedOut
      case .closed, .complete, .unidentified: isBroken ? .replyMalformed : .closedNoReply
      }
    }
  }
}

package import ElectrumProtocol
package import Records

/// One plan put to one server: what to send next, what answered what, and how each probe ended.
///
/// Pure: bytes and times (microseconds since the start of the attempt) come in, bytes and outcomes
/// go out. Replies are paired by id, in any order; notifications and strangers are passed over.
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

  private let plan: ProbePlan
  package private(set) var exchanges: [Exchange]
  package private(set) var sent = ByteRecord(limit: 1 << 20)
  package private(set) var received: ByteRecord
  package private(set) var end: End?
  package private(set) var isTruncated = false
  package private(set) var identification: Identification?
  /// The result of `server.peers.subscribe`.
  package private(set) var peers: WireValue?

  /// Requests sent and replies paired: grows with everything but noise.
  package private(set) var progress = 0

  private var nextProbe = 0
  private var inFlight: Set<Int> = []
  private var splitter: LineSplitter
  private var lineIndex = 0
  private var lineStart: Int?
  private var sawUnpairedLine = false

  /// - Parameter byteLimit: of what the server may send.
  package init(plan: ProbePlan, byteLimit: Int) {
    self.plan = plan
    received = ByteRecord(limit: byteLimit)
    splitter = LineSplitter(maximumLength: byteLimit + 1)
    exchanges = plan.probes.enumerated().map { index, probe in
      Exchange(id: index + 1, outcome: .untestedSkipped, probe: probe.id)
    }
  }

  /// The server's own word on who it is decides the attempt, whatever came later.
  package var outcome: Outcome { exchanges.first?.outcome ?? .untestedSkipped }

  /// The bytes of the next request that may leave now; nil while replies have to come first.
  package mutating func nextRequest(at time: Int) -> [UInt8]? {
    guard end == nil, nextProbe < plan.probes.count else { return nil }
    let isAlone = nextProbe <= plan.aloneCount
    guard inFlight.isEmpty || (!isAlone && inFlight.count < plan.window) else { return nil }
    let index = nextProbe
    nextProbe += 1
    let version = identification.flatMap { ProtocolVersion($0.protocolVersion) }
    let bytes = plan.probes[index].request(id: index + 1, version: version).encoded()
    inFlight.insert(index)
    progress += 1
    exchanges[index].sentMicroseconds = time
    exchanges[index].outcome = .replyTimedOut
    _ = sent.append(bytes, at: time)
    return bytes
  }

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
    guard let document = try? WireDocument(parsing: line) else { return sawStrangeLine() }
    switch ElectrumMessage(document.value) {
    case .notification: return
    case .reply(let reply): take(reply, at: time)
    case .batch(let items):
      for reply in items.flatMap(\.replies) where end == nil { take(reply, at: time) }
    case .other: sawStrangeLine()
    }
  }

  /// No Electrum server speaks so before it has said who it is: then there is nothing to wait for.
  private mutating func sawStrangeLine() {
    sawUnpairedLine = true
    if identification == nil { finish(.unidentified) }
  }

  private mutating func take(_ reply: ElectrumReply, at time: Int) {
    guard let index = index(of: reply) else {
      sawUnpairedLine = true
      if let error = reply.error, error.meaning == .throttled { finish(.throttled) }
      return
    }
    inFlight.remove(index)
    progress += 1
    let outcome = ReplyClassifier.outcome(of: reply, to: plan.probes[index])
    exchanges[index].line = lineIndex
    exchanges[index].firstByteMicroseconds = lineStart
    exchanges[index].lastByteMicroseconds = time
    exchanges[index].outcome = outcome
    learn(from: reply, index: index, outcome: outcome)
  }

  private mutating func learn(from reply: ElectrumReply, index: Int, outcome: Outcome) {
    if outcome == .throttled { return finish(.throttled) }
    if index == 0 {
      identification = reply.result.flatMap(Identification.init)
      if identification == nil { return finish(.unidentified) }
    }
    if plan.probes[index].id == "server.peers.subscribe", outcome == .answered {
      peers = reply.result
    }
    if nextProbe == plan.probes.count, inFlight.isEmpty { finish(.complete) }
  }

  /// By id, as a number or as the same digits in a text; an error without id (the server could not
  /// read a request) answers the one request in flight.
  private func index(of reply: ElectrumReply) -> Int? {
    let number = reply.number ?? reply.id.text.flatMap { Int($0) }
    if let number, inFlight.contains(number - 1) { return number - 1 }
    if reply.id.isNull, reply.error != nil, inFlight.count == 1 { return inFlight.first }
    return nil
  }

  /// Ends the conversation, once; what is in flight gets the outcome that the end gives it.
  package mutating func finish(_ end: End) {
    if self.end != nil { return }
    self.end = end
    for index in inFlight { exchanges[index].outcome = outcome(ofUnanswered: end) }
    inFlight = []
  }

  private func outcome(ofUnanswered end: End) -> Outcome {
    switch end {
    case .throttled: .throttled
    case .tooLarge: .replyTooLarge
    case .aborted: .aborted
    case .timedOut: sawUnpairedLine ? .replyMalformed : .replyTimedOut
    case .closed, .complete, .unidentified:
      sawUnpairedLine || !splitter.remainder.isEmpty ? .replyMalformed : .closedNoReply
    }
  }
}

internal import Probing
internal import Records
internal import SimulatedServers

/// The answers of one server to a plan, known beforehand: each probe has one line, in order.
struct KnownAnswers: Sendable {
  /// As sent, one a probe.
  var requests: [[UInt8]]
  /// Without line ends.
  var lines: [[UInt8]]
  var outcomes: [Outcome]
  var lineEnd: [UInt8]
  var padding: PaddedSendBuffer.Rule?
}

/// A session that says what is known, without looking at the questions.
struct KnownSession: ServerSession {
  let answers: KnownAnswers
  private var next = 0

  init(_ answers: KnownAnswers) { self.answers = answers }

  var lineEnd: [UInt8] { answers.lineEnd }
  var padding: PaddedSendBuffer.Rule? { answers.padding }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    guard next < answers.lines.count else { return [] }
    next += 1
    return [.send(answers.lines[next - 1])]
  }
}

/// A `Conversation` whose replies are known to come in order, one line each: it counts lines where
/// the other reads them.
struct KnownConversation: Questioner {
  private let plan: ProbePlan
  private let answers: KnownAnswers
  private(set) var exchanges: [Exchange]
  private(set) var sent = ByteRecord(limit: 1 << 20)
  private(set) var received: ByteRecord
  private(set) var end: Conversation.End?
  private(set) var progress = 0
  private var asked = 0
  private var answered = 0
  private var lineStart = 0
  private var isInLine = false

  init(_ answers: KnownAnswers, plan: ProbePlan, byteLimit: Int) {
    self.plan = plan
    self.answers = answers
    received = ByteRecord(limit: byteLimit)
    exchanges = plan.probes.enumerated().map { index, probe in
      Exchange(id: index + 1, outcome: .untestedSkipped, probe: probe.id)
    }
  }

  mutating func nextRequest(at time: Int) -> [UInt8]? {
    guard end == nil, asked < plan.probes.count else { return nil }
    let inFlight = asked - answered
    guard inFlight == 0 || (asked > plan.aloneCount && inFlight < plan.window) else { return nil }
    let request = answers.requests[asked]
    exchanges[asked].sentMicroseconds = time
    exchanges[asked].outcome = .replyTimedOut
    asked += 1
    progress += 1
    _ = sent.append(request, at: time)
    return request
  }

  mutating func receive(_ bytes: [UInt8], at time: Int) {
    if end != nil { return }
    if !isInLine { lineStart = time }
    _ = received.append(bytes, at: time)
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")), answered < asked {
      exchanges[answered].line = answered
      exchanges[answered].firstByteMicroseconds = lineStart
      exchanges[answered].lastByteMicroseconds = time
      exchanges[answered].outcome = answers.outcomes[answered]
      answered += 1
      progress += 1
      lineStart = time
      rest = rest[(newline + 1)...]
    }
    isInLine = !rest.isEmpty
    if answered == plan.probes.count { end = .complete }
  }

  mutating func finish(_ end: Conversation.End) {
    if self.end == nil { self.end = end }
  }
}

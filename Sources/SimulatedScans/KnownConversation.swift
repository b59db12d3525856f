internal import Probing
internal import Records
internal import SimulatedServers
internal import Statistics

/// The answers of one server to a plan, known beforehand: each probe has one line.
struct KnownAnswers: Sendable {
  /// As sent, one a probe.
  var requests: [[UInt8]]
  /// Without line ends.
  var lines: [[UInt8]]
  /// How long each takes, of which a part is drawn for each connection.
  var times: [ServiceTime]
  /// The same, drawn; later answers may overtake.
  var seconds: [Double]
  var outcomes: [Outcome]
  var lineEnd: [UInt8]
  var padding: PaddedSendBuffer.Rule?
}

/// What decides how long an answer takes.
enum ServiceTime: Sendable {
  case none
  case fulcrum
  /// With the coins looked at.
  case electrumX(ElectrumXCost.Wait, items: Int)

  func draw(_ random: inout Xoshiro256StarStar) -> Double {
    switch self {
    case .none: 0
    case .fulcrum: FulcrumServiceTime.draw(&random)
    case .electrumX(let wait, let items):
      ElectrumXCost.seconds(wait, items: items, draw: random.nextUnit())
    }
  }

  /// Reads the time off one answer.
  ///
  /// - Parameter random: the session's draws so far.
  /// - Returns: nil where more decides it.
  init?(
    of method: String, seconds: Double, by implementation: ServerImplementation,
    _ random: inout Xoshiro256StarStar
  ) {
    switch implementation {
    case .fulcrum: self = seconds > 0 ? .fulcrum : .none
    case .electrumX:
      let wait = ElectrumXCost.wait(for: method)
      guard wait != .nothing else {
        if seconds > 0 { return nil }
        self = .none
        return
      }
      let draw = random.nextUnit()
      let item =
        ElectrumXCost.seconds(wait, items: 1, draw: 0)
        - ElectrumXCost.seconds(wait, items: 0, draw: 0)
      let rest = seconds - ElectrumXCost.seconds(wait, items: 0, draw: draw)
      let items = item > 0 ? (rest / item).rounded() : 0
      guard items >= 0, items < 1e9, abs(rest - items * item) < 1e-8 else { return nil }
      self = .electrumX(wait, items: Int(items))
    default:
      if seconds > 0 { return nil }
      self = .none
    }
  }
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
    let seconds = answers.seconds[next - 1]
    let line = answers.lines[next - 1]
    return [seconds > 0 ? .sendLater(line, seconds: seconds) : .send(line)]
  }
}

/// A `Conversation` whose replies are known: it compares lines where the other reads them.
struct KnownConversation: Questioner {
  private let plan: ProbePlan
  private let answers: KnownAnswers
  private(set) var exchanges: [Exchange]
  private(set) var sent = ByteRecord(limit: 1 << 20)
  private(set) var received: ByteRecord
  private(set) var end: Conversation.End?
  private(set) var progress = 0
  private var asked = 0
  private var waiting: [Int] = []
  private var lines = 0
  private var lineStart = 0
  /// The beginning of a line whose end has not come.
  private var partial: [UInt8] = []

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
    guard waiting.isEmpty || (asked > plan.aloneCount && waiting.count < plan.window) else {
      return nil
    }
    let request = answers.requests[asked]
    exchanges[asked].sentMicroseconds = time
    exchanges[asked].outcome = .replyTimedOut
    waiting.append(asked)
    asked += 1
    progress += 1
    _ = sent.append(request, at: time)
    return request
  }

  mutating func receive(_ bytes: [UInt8], at time: Int) {
    if end != nil { return }
    if partial.isEmpty { lineStart = time }
    _ = received.append(bytes, at: time)
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = partial.isEmpty ? rest[..<newline] : (partial + rest[..<newline])[...]
      take(line, at: time)
      partial = []
      lines += 1
      lineStart = time
      rest = rest[(newline + 1)...]
    }
    partial += rest
    if waiting.isEmpty, asked == plan.probes.count { end = .complete }
  }

  private mutating func take(_ line: ArraySlice<UInt8>, at time: Int) {
    guard let place = waiting.firstIndex(where: { isAnswer(line, to: $0) }) else { return }
    let index = waiting.remove(at: place)
    exchanges[index].line = lines
    exchanges[index].firstByteMicroseconds = lineStart
    exchanges[index].lastByteMicroseconds = time
    exchanges[index].outcome = answers.outcomes[index]
    progress += 1
  }

  /// Whether the line is that of a probe, perhaps with padding before its last bracket.
  private func isAnswer(_ line: ArraySlice<UInt8>, to index: Int) -> Bool {
    let known = answers.lines[index]
    let count = line.count - (answers.lineEnd.count - 1)
    guard count == known.count || (answers.padding != nil && count > known.count) else {
      return false
    }
    return line.prefix(known.count - 1).elementsEqual(known.dropLast())
  }

  mutating func finish(_ end: Conversation.End) {
    if self.end == nil { self.end = end }
  }
}

import Ordering
internal import Probing
internal import Records
internal import SimulatedServers
internal import Statistics

/// The answers of one server to a session, known beforehand: each probe has one line.
struct KnownAnswers: Sendable {
  /// As sent, one a probe; nil for a probe that is not put.
  var requests: [[UInt8]?]
  /// Without line ends and padding; empty for a probe that is not put.
  var lines: [[UInt8]]
  /// How long each takes, of which a part is drawn for each connection.
  var times: [ServiceTime]
  /// The same, drawn; later answers may overtake.
  var seconds: [Double]
  var outcomes: [Outcome]
  /// As the server says who it is.
  var software: String?
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
    while next < answers.lines.count, answers.requests[next] == nil { next += 1 }
    guard next < answers.lines.count else { return [] }
    next += 1
    let seconds = answers.seconds[next - 1]
    let line = answers.lines[next - 1]
    return [seconds > 0 ? .sendLater(line, seconds: seconds) : .send(line)]
  }
}

/// A `Conversation` whose replies are known: it compares lines where the other reads them.
struct KnownConversation: Questioner {
  private let answers: KnownAnswers
  private(set) var sequence: ProbeSequence
  private(set) var sent = ByteRecord(limit: 1 << 20)
  private(set) var received: ByteRecord
  private var software: String?
  private var lines = 0
  private var lineStart = 0
  /// The beginning of a line whose end has not come.
  private var partial: [UInt8] = []

  init(_ answers: KnownAnswers, session: ProbeSession, byteLimit: Int) {
    self.answers = answers
    sequence = ProbeSequence(session)
    received = ByteRecord(limit: byteLimit)
  }

  var end: Conversation.End? { sequence.end }
  var progress: Int { sequence.progress }
  var silentUntil: Int? { sequence.silentUntil }

  mutating func giveUp() -> Bool { sequence.giveUp() }

  mutating func nextRequest(at time: Int) -> [UInt8]? {
    let requests = answers.requests
    guard let next = sequence.next(at: time, { requests[$0] }) else { return nil }
    _ = sent.append(next.bytes, at: time)
    return next.bytes
  }

  mutating func receive(_ bytes: [UInt8], at time: Int) {
    if end != nil { return }
    if partial.isEmpty { lineStart = time }
    _ = received.append(bytes, at: time)
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = partial.isEmpty ? rest[...newline] : (partial + rest[...newline])[...]
      take(line, at: time)
      partial = []
      lines += 1
      lineStart = time
      rest = rest[(newline + 1)...]
    }
    partial += rest
    sequence.finishIfComplete()
  }

  /// - Parameter line: with its end.
  private mutating func take(_ line: ArraySlice<UInt8>, at time: Int) {
    guard let index = sequence.inFlight.sorted().first(where: { isAnswer(line, to: $0) }) else {
      return
    }
    let padding = line.count - answers.lineEnd.count - answers.lines[index].count
    sequence.sawLine(bytes: line.count, padding: padding, at: time)
    sequence.answered(
      index, answers.outcomes[index], line: lines, padding: padding, since: lineStart, at: time,
      software: software)
    if index == 0 { software = answers.software }
  }

  /// Whether the line is that of a probe, perhaps with padding before its last bracket.
  private func isAnswer(_ line: ArraySlice<UInt8>, to index: Int) -> Bool {
    let known = answers.lines[index]
    let count = line.count - answers.lineEnd.count
    guard count == known.count || (answers.padding != nil && count > known.count) else {
      return false
    }
    return line.prefix(known.count - 1).elementsEqual(known.dropLast())
  }

  mutating func finish(_ end: Conversation.End) {
    sequence.finish(end) { _ in .aborted }
  }
}

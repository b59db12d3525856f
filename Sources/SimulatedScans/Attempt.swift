internal import Probing

/// The client's end of a connection: what to send next, what came, and why it ended.
protocol Questioner {
  var end: Conversation.End? { get }
  /// Grows with each request sent and each reply paired.
  var progress: Int { get }
  /// When the next request may leave where only silence keeps it back.
  var silentUntil: Int? { get }
  mutating func nextRequest(at time: Int) -> [UInt8]?
  mutating func receive(_ bytes: [UInt8], at time: Int)
  /// Nothing came in time; false: the conversation ends.
  mutating func giveUp() -> Bool
  mutating func finish(_ end: Conversation.End)
}

extension Conversation: Questioner {
  mutating func receive(_ bytes: [UInt8], at time: Int) { receive(bytes[...], at: time) }
}

/// How long and how much an attempt may take. Unit of times: µs.
struct AttemptLimits: Sendable {
  var plan: ProbePlan
  /// What a server may send. Unit: bytes.
  var bytes: Int
  var tlsTimeout: Int
  var replyTimeout: Int
  var totalTimeout: Int
}

/// One conversation of our client with a server's end, without a socket: each message is under way
/// for half a round trip.
///
/// Times are microseconds since the attempt began.
struct Attempt<Client: Questioner> {
  private let limits: AttemptLimits
  /// When the server saw the connection: its own clock begins then.
  private let opened: Int
  private let half: Int
  private var server: ServerSide
  private var client: Client
  private var now: Int
  private let end: Int
  private var deadline = Int.max
  private var progress = -1
  /// When the client asks again by itself.
  private var silent: Int?
  private var toServer: [(at: Int, bytes: [UInt8])] = []
  private var toClient: [(at: Int, what: ServerSide.Departure)] = []

  /// - Parameters:
  ///   - opened: when the connection was there.
  ///   - start: when the client may ask: at once, or when TLS is done.
  init(
    _ client: Client, _ server: ServerSide, roundTrip: Int, limits: AttemptLimits, opened: Int,
    start: Int
  ) {
    self.limits = limits
    self.server = server
    self.opened = opened
    half = roundTrip / 2
    self.client = client
    now = start
    end = opened + limits.totalTimeout
  }

  /// - Returns: the conversation, and when it ended.
  mutating func run() -> (client: Client, time: Int) {
    ask()
    while client.end == nil {
      guard let next = nextTime, next < min(deadline, end) else {
        now = min(deadline, end)
        if now < end, client.giveUp() {
          ask()
          continue
        }
        client.finish(.timedOut)
        break
      }
      now = next
      if let silent, silent <= next {
        ask()
      } else if let first = toClient.first, first.at == next {
        toClient.removeFirst()
        answer(first.what)
      } else if let leaving = server.nextTime, leaving + opened <= next {
        for departure in server.take(until: leaving) { toClient.append((now + half, departure)) }
      } else if let first = toServer.first {
        toServer.removeFirst()
        server.receive(first.bytes, at: now - opened)
      }
    }
    return (client, now)
  }

  private var nextTime: Int? {
    [toClient.first?.at, server.nextTime.map { $0 + opened }, toServer.first?.at, silent]
      .compactMap { $0 }.min()
  }

  private mutating func answer(_ departure: ServerSide.Departure) {
    switch departure {
    case .packet(let bytes): client.receive(bytes, at: now)
    case .end: client.finish(.closed)
    }
    // What arrives together is read together.
    if client.end == nil, toClient.first?.at != now { ask() }
  }

  private mutating func ask() {
    var question: [UInt8] = []
    while let request = client.nextRequest(at: now) { question += request }
    if !question.isEmpty { toServer.append((now + half, question)) }
    silent = client.silentUntil
    if client.progress != progress {
      progress = client.progress
      deadline = now + limits.replyTimeout
    }
  }
}

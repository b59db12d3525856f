internal import Addressing
internal import Artifact
internal import Collecting
internal import Glibc
import Ordering
internal import Probing
internal import Records
internal import SimulatedNetwork
internal import SimulatedServers
import SimulatedTLS
internal import Statistics
internal import TLSChannel
internal import Timekeeping

/// What our client meets at a listening endpoint: the attempt as `collect` would record it.
struct Encounter: Sendable {
  private let limits: AttemptLimits
  private let handshakes: Handshakes.Met
  private let book: AnswerBook
  private let seed: UInt64

  init(
    _ limits: AttemptLimits, handshakes: Handshakes.Met, book: AnswerBook,
    seed: UInt64
  ) {
    self.limits = limits
    self.handshakes = handshakes
    self.book = book
    self.seed = seed
  }

  /// - Parameters:
  ///   - number: of the connection to this endpoint, from 1, over all epochs.
  ///   - place: of the session among those of this scan at the endpoint, from 1.
  func attempt(
    _ candidate: Candidate, at endpoint: ListeningEndpoint, session: ProbeSession, number: Int,
    place: Int = 1, answers: EarlierAnswers = EarlierAnswers(), startedAt: UTCTime
  ) -> AttemptResult {
    let latency = Latency(endpoint, seed: seed, number: number)
    var record = AttemptRecord(
      candidate: candidate, session: session.id, number: place, startedAt: startedAt,
      connectMicroseconds: latency.connect)
    let client = Conversation(session: session, byteLimit: limits.bytes, answers: answers)
    let loss = endpoint.loss(seed: seed, number: number)
    if endpoint.state.closesAtOnce || loss == .reset {
      return Self.closedAtOnce(client, endpoint, latency, record)
    }
    if let end = failedHandshake(at: endpoint, loss, latency, &record) {
      return record.result(client, durationMicroseconds: end)
    }
    let start = shakeHands(at: endpoint, latency, &record)
    let speaker =
      loss == nil
      ? endpoint.session(seed: seed, number: number, visit: place) : SilentSession()
    var attempt = Attempt(
      client, ServerSide(speaker, delay: latency.delay), roundTrip: latency.roundTrip,
      limits: limits, opened: latency.connect, start: start)
    let (conversation, time) = attempt.run()
    return record.result(conversation, durationMicroseconds: time)
  }

  /// The same from the book of answers; nil where it says nothing of the endpoint.
  ///
  /// - Returns: the row, and the places of the peers told in the directory.
  func known(
    _ candidate: Candidate, at endpoint: ListeningEndpoint, number: Int, startedAt: UTCTime
  ) -> (connection: Connection, peers: [Int])? {
    let random = endpoint.random(seed: seed, number: number)
    guard endpoint.loss(seed: seed, number: number) == nil else { return nil }
    guard let (answers, peers) = book.answers(of: endpoint, random: random) else { return nil }
    let latency = Latency(endpoint, seed: seed, number: number)
    var record = AttemptRecord(
      candidate: candidate, startedAt: startedAt, connectMicroseconds: latency.connect)
    let start = shakeHands(at: endpoint, latency, &record)
    var attempt = Attempt(
      KnownConversation(answers, session: limits.plan.sessions[0], byteLimit: limits.bytes),
      ServerSide(KnownSession(answers), delay: latency.delay), roundTrip: latency.roundTrip,
      limits: limits, opened: latency.connect, start: start)
    let (client, time) = attempt.run()
    guard client.end == .complete else { return nil }
    let connection = record.connection(
      exchanges: client.sequence.exchanges,
      outcome: client.sequence.exchanges.first?.outcome ?? .untestedSkipped,
      roundTripMicroseconds: client.sequence.roundTripMicroseconds, sent: client.sent,
      received: client.received, isTruncated: false,
      durationMicroseconds: time)
    return (connection, peers)
  }

  var visitsAgain: Bool { !limits.plan.later.isEmpty }
  var hasFurtherSessions: Bool { limits.plan.sessions.count > 1 }
  var mainSession: ProbeSession { limits.plan.sessions[0] }

  /// What is sent at a handshake there, DER by SHA-256.
  func certificates(at endpoint: ListeningEndpoint) -> [(digest: String, der: [UInt8])] {
    guard let tls = endpoint.tls, let seen = handshakes[ObjectIdentifier(tls)] else { return [] }
    return zip(seen.facts.chain, seen.chain).map { ($0, $1) }
  }

  /// - Returns: when the conversation may begin.
  private func shakeHands(
    at endpoint: ListeningEndpoint, _ latency: Latency, _ record: inout AttemptRecord
  ) -> Int {
    guard let tls = endpoint.tls else { return latency.connect }
    let seen = handshakes[ObjectIdentifier(tls)]
    record.tls = seen?.facts
    record.tls?.durationMicroseconds = latency.handshake
    record.chain = seen?.chain ?? []
    return latency.connect + latency.handshake
  }

  /// A handshake that comes to nothing.
  ///
  /// - Returns: when it ended; nil for an ordinary one.
  private func failedHandshake(
    at endpoint: ListeningEndpoint, _ loss: LostConnection?, _ latency: Latency,
    _ record: inout AttemptRecord
  ) -> Int? {
    guard endpoint.tls != nil else { return nil }
    if loss == nil, endpoint.state.handshake == nil { return nil }
    if loss == nil, let abuse = endpoint.state.handshake {
      if let error = handshakes.failure(after: abuse.bytes) {
        record.failure = .tlsFailed
        record.detail = "\(error)"
        if !error.chain.isEmpty {
          record.chain = error.chain
          record.tls = TLSFacts(failed: error)
          record.tls?.durationMicroseconds = latency.handshake
        }
        return latency.connect + latency.handshake
      }
      if abuse.closes {
        record.failure = .tlsClosed
        record.detail = Self.closed
        return latency.connect + latency.handshake
      }
    }
    record.failure = .tlsTimedOut
    return latency.connect + limits.tlsTimeout
  }

  private static func closedAtOnce(
    _ conversation: Conversation, _ endpoint: ListeningEndpoint, _ latency: Latency,
    _ record: AttemptRecord
  ) -> AttemptResult {
    var (client, record) = (conversation, record)
    guard endpoint.tls == nil else {
      record.failure = .tlsClosed
      record.detail = closed
      return record.result(
        client, durationMicroseconds: latency.connect + latency.handshake)
    }
    _ = client.nextRequest(at: latency.connect)
    client.finish(.closed)
    return record.result(client, durationMicroseconds: latency.connect + latency.roundTrip)
  }

  /// Nobody listens there.
  static func refused(_ candidate: Candidate, startedAt: UTCTime) -> AttemptResult {
    AttemptRecord(
      candidate: candidate, startedAt: startedAt, failure: .connectRefused,
      detail: systemErrorText(ECONNREFUSED)
    ).result(
      Conversation(session: ProbeSession(id: "main", probes: []), byteLimit: 1),
      durationMicroseconds: Latency.refusal)
  }

  private static let closed = "\(TLSError(.closedDuringHandshake, "the connection ended"))"
}

/// How long a connection's steps take: drawn once a connection.
struct Latency {
  /// Unit: µs, as the others.
  let connect: Int
  let handshake: Int
  let roundTrip: Int
  /// Between a request's arrival and its answer.
  let delay: Int
  /// Whether the connection comes to nothing.
  let isLost: Bool

  /// A loopback connection of this project takes about so long.
  private static let base = (connect: 60, handshake: 1_500, roundTrip: 200)

  /// Until a closed port has answered.
  static let refusal = 40

  /// Durations of name look-ups, in the order of the questions.
  struct LookUps {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// From the hosts file alone, as in a scan of a simulated network.
    mutating func resolve(_ name: HostName, _ hosts: HostsFile) -> NameResolution {
      let duration = 1 + random.nextIndex(below: 9)
      guard let addresses = hosts[name.text] else {
        return NameResolution(name: name.text, outcome: .resolveFailed).with {
          $0.resolveMicroseconds = duration
        }
      }
      return NameResolution(name: name.text, outcome: .answered).with {
        $0.addresses = Set(addresses.map(\.text)).sorted()
        $0.resolveMicroseconds = duration
      }
    }
  }

  init(_ endpoint: ListeningEndpoint, seed: UInt64, number: Int) {
    var random = SplitMix64(seed: seed ^ UInt64(truncatingIfNeeded: number &* 0x9E37_79B9))
    var place = SplitMix64(seed: UInt64(truncatingIfNeeded: endpoint.port))
    for byte in endpoint.address.utf8 {
      place = SplitMix64(seed: place.next() ^ UInt64(byte))
    }
    random = SplitMix64(seed: random.next() ^ place.next())
    connect = Self.base.connect + random.nextIndex(below: 60)
    handshake = Self.base.handshake + random.nextIndex(below: 1_500)
    roundTrip = Self.base.roundTrip + random.nextIndex(below: 200)
    let conditions = endpoint.state.conditions
    let jitter = random.nextIndex(below: conditions.jitterMilliseconds * 1_000 + 1)
    delay = conditions.delayMilliseconds * 1_000 + jitter
    isLost = random.nextUnit() < conditions.lossShare
  }
}

/// What a client sees of each certificate: one handshake for each, in memory.
final class Handshakes {
  struct Seen: Sendable {
    /// All but the duration.
    let facts: TLSFacts
    /// DER, leaf first.
    let chain: [[UInt8]]
  }

  /// What was met so far, for several threads.
  struct Met: Sendable {
    fileprivate let client: TLSClientContext
    fileprivate var known: [ObjectIdentifier: Seen] = [:]

    subscript(tls: ObjectIdentifier) -> Seen? { known[tls] }

    /// Why our client gives up after these bytes; nil where it waits for more.
    func failure(after bytes: [UInt8]) -> TLSError? {
      (try? TLSRehearsal.failure(after: bytes, seenBy: client)).flatMap { $0 }
    }
  }

  private let client: TLSClientContext
  private(set) var met: Met

  init() throws(TLSError) {
    client = try TLSClientContext()
    met = Met(client: client)
  }

  /// Meets every certificate that is not known yet.
  func meet(_ endpoints: [ListeningEndpoint]) throws(TLSError) {
    for case let tls? in endpoints.map(\.tls) where met.known[ObjectIdentifier(tls)] == nil {
      let (summary, lifetime) = try TLSRehearsal.summary(of: tls, seenBy: client)
      met.known[ObjectIdentifier(tls)] = Seen(
        facts: TLSFacts(summary, ticketLifetime: lifetime), chain: summary.chain)
    }
  }
}

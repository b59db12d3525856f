import ElectrumProtocol
import SimulatedServers

/// One simulated connection on a clock of its own: lines in, packets out, with the padding, the
/// waits and the ends that a socket would show.
struct VirtualConnection {
  struct Packet {
    let time: Double
    let bytes: [UInt8]
  }

  private enum Event {
    case message([UInt8])
    case close, abort
  }

  /// A deadline is past when rounding says so too. Unit: seconds.
  private static let tick = 1e-9

  private(set) var session: any ServerSession
  private(set) var packets: [Packet] = []
  private(set) var closedAt: Double?
  private(set) var now = 0.0
  private var splitter: LineSplitter
  private var isSkipping = false
  private var padded: PaddedSendBuffer?
  private var pending: [(time: Double, order: Int, event: Event)] = []
  private var sequence = 0
  private var isEnding = false

  init(_ session: any ServerSession) {
    self.session = session
    splitter = LineSplitter(maximumLength: session.maximumLine)
    padded = session.padding.map { PaddedSendBuffer(rule: $0, now: 0) }
    apply(session.open())
  }

  /// All bytes that came back.
  var output: [UInt8] { packets.flatMap(\.bytes) }

  /// What the client sends in one packet, now.
  mutating func send(_ bytes: [UInt8]) {
    guard closedAt == nil, !isEnding else { return }
    splitter.append(bytes)
    var effects: [SessionEffect] = []
    while !isEnding {
      do {
        guard let line = try splitter.next() else { break }
        if isSkipping {
          isSkipping = false
          continue
        }
        let more = session.receive(line, at: now)
        effects += more
        isEnding = more.contains { $0 == .close || $0 == .abort }
      } catch {
        splitter.discardRemainder()
        isSkipping = true
        break
      }
    }
    apply(effects)
  }

  /// The server learns of something, now.
  mutating func update(_ profile: ServerProfile) {
    guard closedAt == nil else { return }
    apply(session.update(profile, at: now))
  }

  /// Waits for so long.
  mutating func run(until end: Double) {
    while closedAt == nil, let next = nextEvent(), next <= end {
      now = max(now, next + Self.tick)
      fire()
    }
    now = max(now, end)
  }

  /// Waits until something comes back or the connection ends, for a minute at the most.
  mutating func runUntilAnswered() {
    let count = packets.count
    let deadline = now + 60
    while closedAt == nil, packets.count == count, let next = nextEvent(), next <= deadline {
      now = max(now, next + Self.tick)
      fire()
    }
  }

  private func nextEvent() -> Double? {
    [pending.map(\.time).min(), padded?.deadline].compactMap { $0 }.min()
  }

  /// An abort at once loses what the same packet's earlier lines were answered.
  private mutating func apply(_ effects: [SessionEffect]) {
    if effects.contains(.abort),
      !effects.contains(where: { if case .pause = $0 { true } else { false } })
    {
      closedAt = now
      return
    }
    var time = now
    for effect in effects {
      switch effect {
      case .send(let message): schedule(.message(message), at: time)
      case .sendLater(let message, let seconds): schedule(.message(message), at: time + seconds)
      case .pause(let seconds): time += seconds
      case .close: schedule(.close, at: time)
      case .abort: schedule(.abort, at: time)
      }
    }
    fire()
  }

  private mutating func schedule(_ event: Event, at time: Double) {
    pending.append((time, sequence, event))
    sequence += 1
  }

  /// Does what is due.
  private mutating func fire() {
    let due = pending.filter { $0.time <= now }.sorted { ($0.time, $0.order) < ($1.time, $1.order) }
    pending.removeAll { $0.time <= now }
    var plain: [UInt8] = []
    for item in due where closedAt == nil {
      switch item.event {
      case .message(let bytes):
        if padded == nil {
          plain += bytes + session.lineEnd
        } else {
          padded?.append(bytes + session.lineEnd)
          flush()
        }
      case .close:
        for packet in padded?.close() ?? [] { packets.append(Packet(time: now, bytes: packet)) }
        closedAt = now
      case .abort: closedAt = now
      }
    }
    if !plain.isEmpty { packets.append(Packet(time: now, bytes: plain)) }
    if closedAt == nil { flush() }
  }

  private mutating func flush() {
    for packet in padded?.packets(now: now) ?? [] {
      packets.append(Packet(time: now, bytes: packet))
    }
  }
}

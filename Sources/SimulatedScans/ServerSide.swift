internal import ElectrumProtocol
internal import SimulatedServers

/// The server's end of a connection that needs no socket: lines in, packets out, each with the time
/// at which it leaves. As the wire's handler does it, on a clock of its own.
///
/// Times are microseconds since the connection was opened.
struct ServerSide {
  /// Something that leaves the server.
  enum Departure: Equatable {
    case packet([UInt8])
    /// Whether the end overtakes what was not yet written does not matter here: what is lost is
    /// not in the list.
    case end
  }

  /// Longest line taken, as on the wire.
  private static let maximumLine = 1_000_000

  private var session: any ServerSession
  private var splitter = LineSplitter(maximumLength: maximumLine)
  private var padded: PaddedSendBuffer?
  private var isSkipping = false
  private(set) var isClosed = false
  /// What leaves at a time that has not come, in order of time, ties in order of sending.
  private(set) var departures: [(at: Int, what: Departure)] = []
  /// Messages whose time has not come, in order of time, ties in order of asking.
  private var later: [(at: Int, message: [UInt8])] = []
  /// Nothing is read before.
  private var pausedUntil = 0
  private let delay: Int

  /// - Parameter delay: before each answer leaves. Unit: µs.
  init(_ session: any ServerSession, delay: Int) {
    self.session = session
    self.delay = delay
    if let rule = session.padding { padded = PaddedSendBuffer(rule: rule, now: 0) }
  }

  /// When something leaves next or waits to be filled up no longer.
  var nextTime: Int? {
    let first = [departures.first?.at, isClosed ? nil : later.first?.at].compactMap { $0 }.min()
    guard !isClosed, let deadline = padded?.deadline else { return first }
    let flush = Int((deadline * 1e6).rounded(.up)) + 1
    return min(first ?? flush, flush)
  }

  /// Takes what leaves by `time`.
  mutating func take(until time: Int) -> [Departure] {
    while !isClosed, let next = later.first, next.at <= time {
      later.removeFirst()
      send(next.message, at: next.at)
    }
    if !isClosed, let deadline = padded?.deadline, deadline * 1e6 < Double(time) {
      flush(at: time)
    }
    let count = departures.prefix { $0.at <= time }.count
    let due = departures.prefix(count).map(\.what)
    departures.removeFirst(count)
    return due
  }

  mutating func receive(_ bytes: [UInt8], at time: Int) {
    guard !isClosed else { return }
    splitter.append(bytes)
    var now = max(time, pausedUntil)
    while !isClosed, let line = nextLine() {
      var aborts = false
      for effect in session.receive(line, at: Double(now) * 1e-6) {
        switch effect {
        case .send(let message): send(message, at: now)
        case .sendLater(let message, let seconds):
          keep(message, until: now + Int((seconds * 1e6).rounded()))
        case .pause(let seconds):
          now += Int(seconds * 1e6)
          pausedUntil = now
        case .close: isClosed = true
        case .abort:
          isClosed = true
          aborts = true
        }
      }
      if isClosed {
        if !aborts { for rest in padded?.close() ?? [] { leave(.packet(rest), at: now) } }
        leave(.end, at: now)
      }
    }
    coalesce()
  }

  private mutating func nextLine() -> ArraySlice<UInt8>? {
    while true {
      do throws(LineSplitter.TooLong) {
        guard let line = try splitter.next() else { return nil }
        if !isSkipping { return line }
        isSkipping = false
      } catch {
        splitter.discardRemainder()
        isSkipping = true
        return nil
      }
    }
  }

  private mutating func send(_ message: [UInt8], at now: Int) {
    guard padded != nil else { return leave(.packet(message + session.lineEnd), at: now) }
    padded?.append(message + session.lineEnd)
    flush(at: now)
  }

  private mutating func keep(_ message: [UInt8], until time: Int) {
    let place = later.lastIndex { $0.at <= time }.map { $0 + 1 } ?? 0
    later.insert((time, message), at: place)
  }

  private mutating func flush(at now: Int) {
    for packet in padded?.packets(now: Double(now) * 1e-6) ?? [] {
      leave(.packet(packet), at: now)
    }
  }

  private mutating func leave(_ what: Departure, at now: Int) {
    let time = now + delay
    let place = departures.lastIndex { $0.at <= time }.map { $0 + 1 } ?? 0
    departures.insert((time, what), at: place)
  }

  /// What is written at one time crosses the socket at one time.
  private mutating func coalesce() {
    var result: [(at: Int, what: Departure)] = []
    for next in departures {
      if case .packet(let bytes) = next.what, let last = result.last, last.at == next.at,
        case .packet(let before) = last.what
      {
        result[result.count - 1].what = .packet(before + bytes)
      } else {
        result.append(next)
      }
    }
    departures = result
  }
}

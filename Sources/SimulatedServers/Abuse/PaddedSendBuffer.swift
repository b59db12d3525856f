/// ElectrumX's defence against traffic analysis: messages wait for each other and leave in packets
/// of power-of-two size, filled with spaces before the last bracket.
///
/// Times are seconds on any steady clock.
package struct PaddedSendBuffer: Sendable {
  /// How the releases differ.
  package struct Rule: Sendable, Equatable {
    /// Small packets leave at once until this many unpadded bytes were sent (0 in 1.18).
    var warmUpBytes: Int
    /// Whether what waits is sent before a close (not in 1.18, which loses its error replies).
    var flushesOnClose: Bool

    static let release118 = Rule(warmUpBytes: 0, flushesOnClose: false)
    static let release119 = Rule(warmUpBytes: 1024, flushesOnClose: true)
  }

  package static let minimumPacket = 1024
  /// Longest wait of a small message.
  package static let wait = 1.0

  package let rule: Rule
  private var messages: [[UInt8]] = []
  private var waiting = 0
  private var lastSend: Double
  private var unpaddedSent = 0

  package init(rule: Rule, now: Double) {
    self.rule = rule
    lastSend = now
  }

  /// Takes one message with its line end.
  package mutating func append(_ message: [UInt8]) {
    messages.append(message)
    waiting += message.count
  }

  /// Packets that leave now.
  package mutating func packets(now: Double) -> [[UInt8]] {
    var result: [[UInt8]] = []
    while !messages.isEmpty, waiting >= Self.minimumPacket || isDue(now) {
      result.append(takePacket())
      lastSend = now
    }
    return result
  }

  /// When what waits must leave; nil while nothing waits.
  package var deadline: Double? {
    messages.isEmpty ? nil : lastSend + Self.wait
  }

  /// The last packets before a close.
  package mutating func close() -> [[UInt8]] {
    guard rule.flushesOnClose else { return [] }
    var result: [[UInt8]] = []
    while !messages.isEmpty { result.append(takePacket()) }
    return result
  }

  private func isDue(_ now: Double) -> Bool {
    now - lastSend >= Self.wait || unpaddedSent < rule.warmUpBytes
  }

  /// All that waits in the next power of two, or, if that wastes more, what fits into half of it.
  private mutating func takePacket() -> [UInt8] {
    var size = Self.size(for: waiting)
    var count = messages.count
    var payload = waiting
    if size > Self.minimumPacket {
      var fitting = 0
      var bytes = 0
      for message in messages {
        if bytes + message.count >= size / 2 { break }
        bytes += message.count
        fitting += 1
      }
      if fitting > 0, fitting < count, size / 2 - bytes < size - waiting {
        (size, count, payload) = (size / 2, fitting, bytes)
      }
    }
    var packet: [UInt8] = []
    packet.reserveCapacity(size)
    for message in messages[..<count] { packet += message }
    messages.removeFirst(count)
    waiting -= payload
    unpaddedSent += payload
    let tail = min(2, packet.count)
    packet.insert(
      contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: max(0, size - payload)),
      at: packet.count - tail)
    return packet
  }

  /// The smallest power of two strictly above `payload`, at least 1024.
  package static func size(for payload: Int) -> Int {
    max(minimumPacket, 1 << (Int.bitWidth - payload.leadingZeroBitCount))
  }
}

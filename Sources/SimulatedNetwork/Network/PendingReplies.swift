/// Which requests the bytes of a packet belong to. ElectrumX's packets hold several messages and
/// padding, and messages of one request may leave in several packets.
struct PendingReplies {
  /// One message that has not left yet.
  private struct Waiting {
    let owner: RequestRecord?
    let bytes: Int
  }

  private var waiting: [Waiting] = []

  mutating func append(_ owner: RequestRecord?, bytes: Int) {
    waiting.append(Waiting(owner: owner, bytes: bytes))
  }

  /// Gives each message of a packet its bytes, and the padding to the last of them.
  mutating func sent(packet: [UInt8], isPadded: Bool) {
    let padding = isPadded ? Self.padding(of: packet) : 0
    var payload = packet.count - padding
    var last: RequestRecord?
    while let next = waiting.first, payload >= next.bytes {
      waiting.removeFirst()
      payload -= next.bytes
      next.owner?.sent(bytes: next.bytes)
      last = next.owner
    }
    last?.sent(padding: padding)
  }

  /// Spaces before the last two bytes: a packet ends with a bracket and a line end.
  private static func padding(of packet: [UInt8]) -> Int {
    packet.dropLast(2).reversed().prefix { $0 == UInt8(ascii: " ") }.count
  }
}

/// A server that asks, in its own banner or donation text, not to be measured.
public struct OptOutRequest: Sendable, Equatable {
  /// What an operator writes there.
  public static let token = "observatory:opt-out"

  /// IP address at which it was said, or the onion name.
  public let address: String
  /// A name that was looked up and led there: only such a name is the server's own. One that a peer
  /// list alone ties to the address could be a stranger's.
  public let name: String?
  /// When it was said, UTC.
  public let date: String

  public init(address: String, name: String?, date: String) {
    self.address = address
    self.name = name
    self.date = date
  }

  /// Of a server that asked when it was contacted so.
  package init(_ candidate: Candidate, startedAt: String?) {
    let isOwnName = candidate.resolveMicroseconds != nil && candidate.host != candidate.address
    self.init(
      address: candidate.address, name: isOwnName ? candidate.host : nil, date: startedAt ?? "")
  }

  /// Whether the token stands in a text, in any case, and is no part of a longer word.
  public static func asks(_ text: String) -> Bool {
    let bytes = text.utf8.map(lowercase)
    let wanted = Array(token.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { start in
      let end = start + wanted.count
      guard bytes[start] == wanted[0], bytes[start..<end].elementsEqual(wanted) else {
        return false
      }
      let before = start > 0 ? bytes[start - 1] : 0x20
      let after = end < bytes.count ? bytes[end] : 0x20
      return !isWordByte(before) && !isWordByte(after)
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}

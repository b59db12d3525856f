/// An Electrum protocol version: dotted numbers, compared as numbers (`1.10` > `1.9`, `1.6` = `1.6.0`).
public struct ProtocolVersion: Sendable, Comparable, Hashable, CustomStringConvertible {
  /// Without trailing zeros.
  public let parts: [Int]
  /// As written.
  public let description: String

  /// Nil unless `text` is one to eight dot-separated numbers of at most nine digits.
  public init?(_ text: String) {
    var parts: [Int] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard (1...9).contains(piece.count),
        piece.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else { return nil }
      parts.append(piece.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }
    guard (1...8).contains(parts.count) else { return nil }
    while parts.count > 1, parts.last == 0 { parts.removeLast() }
    self.parts = parts
    description = text
  }

  public static func == (a: ProtocolVersion, b: ProtocolVersion) -> Bool { a.parts == b.parts }

  public static func < (a: ProtocolVersion, b: ProtocolVersion) -> Bool {
    a.parts.lexicographicallyPrecedes(b.parts)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}

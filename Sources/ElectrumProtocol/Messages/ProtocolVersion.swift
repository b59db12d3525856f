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

extension ProtocolVersion {
  /// The newest that any server speaks: 1.7 of ElectrumX 2.0.
  private static let newest = [1, 7]

  /// Whether a protocol of this version was ever published. Lists name the version of the software
  /// where that of the protocol belongs: `2.1.1`, `1.16.0`.
  public var exists: Bool {
    parts.count <= 3 && !parts.lexicographicallyPrecedes([0, 5])
      && !Self.newest.lexicographicallyPrecedes(Array(parts.prefix(2)))
  }
}

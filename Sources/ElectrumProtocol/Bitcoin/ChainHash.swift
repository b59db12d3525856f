import Digests

/// A double SHA-256 as chains use it: of a header, of a transaction, of a node of a Merkle tree.
public struct ChainHash: Sendable, Hashable {
  public static let size = 32

  /// In the order in which they are hashed, which is the reverse of the printed one.
  public let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.bytes = bytes
  }

  /// Nil unless the text is 64 hexadecimal digits, of either case, `0x` before them or not.
  public init?(printed text: String) {
    guard let canonical = BlockHashText.canonical(text), let bytes = Hex.bytes(canonical) else {
      return nil
    }
    self.bytes = bytes.reversed()
  }

  /// Of bytes that are known to be a hash's, as those of a parsed header.
  package init(internal bytes: [UInt8]) { self.bytes = bytes }

  /// The hash of bytes.
  public init(of bytes: [UInt8]) { self.bytes = SHA256.doubleDigest(bytes) }

  /// The node above two nodes.
  init(left: ChainHash, right: ChainHash) { self.init(of: left.bytes + right.bytes) }

  /// As servers and explorers print it: 64 lower-case digits.
  public var printed: String { Hex.text(bytes.reversed()) }
}

extension ChainHash: Comparable, CustomStringConvertible {
  /// In the order of the printed texts.
  public static func < (one: ChainHash, other: ChainHash) -> Bool {
    one.bytes.reversed().lexicographicallyPrecedes(other.bytes.reversed())
  }

  public var description: String { printed }
}

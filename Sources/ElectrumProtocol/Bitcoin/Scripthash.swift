import Digests

/// The key of a script in the Electrum protocol: SHA-256 of the scriptPubKey, byte-reversed.
public struct Scripthash: Sendable, Hashable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let text: String

  public init(scriptPubKey: [UInt8]) {
    text = Hex.text(SHA256.digest(scriptPubKey).reversed())
  }

  /// Nil unless `text` is 64 hexadecimal digits of either case.
  public init?(_ text: String) {
    guard text.utf8.count == 64, Hex.bytes(text) != nil else { return nil }
    self.text = text.lowercased()
  }

  public var description: String { text }
}

import Digests

/// The 80 bytes of a block header.
public struct BlockHeader: Sendable, Hashable {
  public static let length = 80

  /// As hashed and as sent.
  public let bytes: [UInt8]

  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.length else { return nil }
    self.bytes = bytes
  }

  /// Nil unless `hex` is 160 hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == Self.length * 2, let bytes = Hex.bytes(hex) else { return nil }
    self.init(bytes)
  }

  public init(
    version: Int32, previousHash: [UInt8], merkleRoot: [UInt8], time: UInt32, bits: UInt32,
    nonce: UInt32
  ) {
    let hashes = Self.fitted(previousHash) + Self.fitted(merkleRoot)
    bytes =
      Self.littleEndian(UInt32(bitPattern: version)) + hashes + Self.littleEndian(time)
      + Self.littleEndian(bits) + Self.littleEndian(nonce)
  }

  public var version: Int32 { Int32(bitPattern: word(0)) }
  /// Hash of the block before in internal byte order.
  public var previousHash: [UInt8] { Array(bytes[4..<36]) }
  /// In internal byte order.
  public var merkleRoot: [UInt8] { Array(bytes[36..<68]) }
  /// Seconds since 1970, by the miner's clock.
  public var time: UInt32 { word(68) }
  /// The target in compact form.
  public var bits: UInt32 { word(72) }
  public var nonce: UInt32 { word(76) }

  /// Double SHA-256 in internal byte order.
  public var hash: [UInt8] { SHA256.doubleDigest(bytes) }
  /// The hash as servers and explorers print it.
  public var hashText: String { Hex.text(hash.reversed()) }

  /// Whether the hash meets the target that the header itself states. Says nothing on whether
  /// that target is the one the chain demands.
  public var hasProofOfWork: Bool {
    guard let target = CompactTarget(bits: bits) else { return false }
    return target.isMet(by: hash)
  }

  private func word(_ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
  }

  private static func fitted(_ hash: [UInt8]) -> [UInt8] {
    Array((hash + [UInt8](repeating: 0, count: 32)).prefix(32))
  }
}

/// A proof-of-work target from its compact form (one byte of length, three of mantissa).
public struct CompactTarget: Sendable, Hashable {
  /// 32 bytes, most significant first.
  public let bytes: [UInt8]

  /// Nil for a zero, negative or overflowing target.
  public init?(bits: UInt32) {
    let size = Int(bits >> 24)
    let mantissa = bits & 0x007F_FFFF
    guard mantissa != 0, bits & 0x0080_0000 == 0 else { return nil }
    var target = [UInt8](repeating: 0, count: 32)
    for index in 0..<3 {
      let byte = UInt8(mantissa >> UInt32(8 * index) & 0xFF)
      let position = size - 3 + index  // from the least significant end
      if position < 0 { continue }
      guard position < 32 else {
        if byte == 0 { continue }
        return nil
      }
      target[31 - position] = byte
    }
    guard target.contains(where: { $0 != 0 }) else { return nil }
    bytes = target
  }

  /// Whether a hash in internal byte order is at most the target.
  public func isMet(by hash: [UInt8]) -> Bool {
    !bytes.lexicographicallyPrecedes(hash.reversed())
  }
}

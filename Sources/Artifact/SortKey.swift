/// An order-preserving byte form of a row's key columns.
///
/// Texts compare by their UTF-8 bytes (that is, by code point), integers by value; a shorter text
/// precedes a longer one it begins.
public struct SortKey: Comparable, Hashable, Sendable {
  private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func append(_ text: String) {
    let utf8 = text.utf8
    if utf8.contains(0) {
      for byte in utf8 {
        bytes.append(byte)
        if byte == 0 { bytes.append(0xff) }
      }
    } else {
      bytes.append(contentsOf: utf8)
    }
    bytes.append(0)
    bytes.append(0)
  }

  public mutating func append(_ number: Int) {
    let shifted = UInt64(bitPattern: Int64(number)) ^ (1 << 63)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: shifted >> UInt64(shift)))
    }
  }

  /// Appends all columns of another key.
  public mutating func append(contentsOf key: SortKey) { bytes += key.bytes }

  public static func < (a: SortKey, b: SortKey) -> Bool {
    a.bytes.withUnsafeBufferPointer { left in
      b.bytes.withUnsafeBufferPointer { right in
        left.lexicographicallyPrecedes(right)
      }
    }
  }
}

extension SortKey {
  public static func of(_ texts: String...) -> SortKey {
    var key = SortKey()
    for text in texts { key.append(text) }
    return key
  }
}

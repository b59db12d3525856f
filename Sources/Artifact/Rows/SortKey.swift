import Foundation

/// An order-preserving byte form of a row's key columns.
///
/// Texts compare by their UTF-8 bytes (that is, by code point), integers by value; a shorter text
/// precedes a longer one it begins.
public struct SortKey: Comparable, Hashable, Sendable {
  private(set) var bytes: [UInt8] = []

  /// Room for the keys of most rows, so that they do not grow step by step.
  private static let usualSize = 64

  public init() { bytes.reserveCapacity(Self.usualSize) }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The columns of one key, then those of another.
  package init(_ first: SortKey, _ rest: SortKey) {
    bytes.reserveCapacity(first.bytes.count + rest.bytes.count)
    bytes.append(contentsOf: first.bytes)
    bytes.append(contentsOf: rest.bytes)
  }

  /// A key of no columns that takes no room.
  package static let empty = SortKey(bytes: [])

  /// Empties the key and keeps its room.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  public mutating func append(_ text: String) {
    appendPart(text)
    endText()
  }

  /// Appends a piece of a text that further pieces or `endText` follow.
  package mutating func appendPart(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      guard let base = utf8.baseAddress else { return }
      if memchr(base, 0, utf8.count) == nil { return bytes.append(contentsOf: utf8) }
      for byte in utf8 {
        bytes.append(byte)
        if byte == 0 { bytes.append(0xff) }
      }
    }
  }

  package mutating func endText() {
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
        // An empty buffer may have no address: it precedes whatever is longer.
        guard let one = left.baseAddress, let other = right.baseAddress else {
          return left.count < right.count
        }
        let difference = memcmp(one, other, min(left.count, right.count))
        return difference == 0 ? left.count < right.count : difference < 0
      }
    }
  }

  /// All bytes at once: an array's own hash takes them one by one.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    hasher.combine(bytes.count)
  }
}

/// What can be part of a key.
public protocol SortKeyPart {
  func append(to key: inout SortKey)
}

extension String: SortKeyPart {
  @inlinable public func append(to key: inout SortKey) { key.append(self) }
}

extension Int: SortKeyPart {
  @inlinable public func append(to key: inout SortKey) { key.append(self) }
}

extension SortKeyPart where Self: ColumnWord {
  @inlinable public func append(to key: inout SortKey) { key.append(rawValue) }
}

extension SortKey {
  /// The key of these columns, in order.
  @inlinable public static func of<each Part: SortKeyPart>(_ part: repeat each Part) -> SortKey {
    var key = SortKey()
    repeat (each part).append(to: &key)
    return key
  }
}

import Foundation

/// Bytes of a line as the key of a dictionary: looked up without a copy of them.
public struct WirePiece: Hashable, Sendable {
  private let bytes: ArraySlice<UInt8>

  public init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  public var count: Int { bytes.count }

  /// With bytes of its own, so that the line around them is not held.
  public var copied: WirePiece { WirePiece(Array(bytes)[...]) }

  public static func == (one: WirePiece, other: WirePiece) -> Bool {
    guard one.count == other.count else { return false }
    return one.bytes.withUnsafeBytes { mine in
      other.bytes.withUnsafeBytes { its in
        guard let start = mine.baseAddress, let otherStart = its.baseAddress else { return true }
        return memcmp(start, otherStart, mine.count) == 0
      }
    }
  }

  /// All bytes at once: an array's own hash takes them one by one.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    hasher.combine(bytes.count)
  }
}

import Foundation

/// Elements of lists that were read, each different one once: most servers list the same peers. What
/// is written alike shares one value.
///
/// A number of elements is kept, those last met, so that lists of which nothing is ever told twice do
/// not fill the memory.
public final class ElementMemory {
  struct Known {
    fileprivate let text: [UInt8]
    let value: WireValue
    let counts: WireReader.Counts
  }

  /// Elements before they are the older ones, of which as many are kept.
  private static let mostElements = 1 << 13
  /// Bytes of an element that is kept.
  static let longestElement = 256

  /// By a hash of the text, which another may have: then it takes the place.
  private var recent: [Int: Known] = [:]
  private var older: [Int: Known] = [:]

  public init() {}

  func known(_ text: UnsafeRawBufferPointer, hash: Int) -> Known? {
    if let known = recent[hash], Self.isSame(known, text) { return known }
    guard let known = older[hash], Self.isSame(known, text) else { return nil }
    remember(known, hash)
    return known
  }

  func remember(_ text: ArraySlice<UInt8>, _ value: WireValue, _ counts: WireReader.Counts) {
    let known = Known(text: Array(text), value: value, counts: counts)
    remember(known, known.text.withUnsafeBytes { Self.hash($0) })
  }

  private func remember(_ known: Known, _ hash: Int) {
    if recent.count >= Self.mostElements {
      older = recent
      recent = [:]
    }
    recent[hash] = known
  }

  static func hash(_ text: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize()
  }

  private static func isSame(_ known: Known, _ text: UnsafeRawBufferPointer) -> Bool {
    guard known.text.count == text.count, let start = text.baseAddress else { return false }
    return known.text.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0, start, bytes.count) == 0 } ?? false
    }
  }
}

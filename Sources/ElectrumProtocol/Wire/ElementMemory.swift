import Memoization

/// Elements of lists that were read, each different one once: most servers list the same peers. What
/// is written alike shares one value.
///
/// A number of elements is kept, those last met, so that lists of which nothing is ever told twice do
/// not fill the memory.
public final class ElementMemory {
  struct Known {
    let value: WireValue
    let counts: WireReader.Counts
  }

  /// Elements of a generation.
  private static let capacity = 1 << 13
  /// Bytes of an element that is kept.
  static let longestElement = 256

  private var elements = Memo<WirePiece, Known>(capacity: capacity)

  public init() {}

  func known(_ text: WirePiece) -> Known? {
    elements.value(for: text)
  }

  func remember(_ text: WirePiece, _ known: Known) {
    elements.keep(known, for: text.copied)
  }
}

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

  /// Elements before they are the older ones, of which as many are kept.
  private static let mostElements = 1 << 13
  /// Bytes of an element that is kept.
  static let longestElement = 256

  private var recent: [WirePiece: Known] = [:]
  private var older: [WirePiece: Known] = [:]

  public init() {}

  func known(_ text: WirePiece) -> Known? {
    if let known = recent[text] { return known }
    guard let known = older[text] else { return nil }
    remember(text, known)
    return known
  }

  func remember(_ text: WirePiece, _ known: Known) {
    if recent.count >= Self.mostElements {
      older = recent
      recent = [:]
    }
    recent[text.copied] = known
  }
}

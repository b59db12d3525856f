/// How a JSON line was written, apart from what it says. Servers of different implementations and
/// ages differ here although they answer the same.
public struct WireShape: Sendable, Equatable {
  /// The white space after `,` and `:` outside of strings.
  public enum Separators: String, Sendable, CaseIterable {
    /// No separator occurs.
    case absent
    /// No white space after any.
    case compact
    /// Exactly one space after each.
    case spaced
    /// Anything else, for example a compact batch whose items are joined by `, `.
    case mixed
  }

  public enum LineEnd: String, Sendable, CaseIterable {
    case absent = "none"
    case lineFeed = "lf"
    case carriageReturnLineFeed = "crlf"
  }

  /// Keys of the outermost object in order, duplicates kept; of the first item for a batch.
  public var topKeys: [String] = []
  public var separators = Separators.absent
  /// Spaces between the last value and the final `}` or `]`: ElectrumX's traffic padding.
  public var paddingSpaces = 0
  public var lineEnd = LineEnd.absent

  public init() {}
}

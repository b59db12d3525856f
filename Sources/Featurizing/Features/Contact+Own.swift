import Records
import ServerTexts

extension Contact {
  /// Whether it leads to somebody: it is no destination of payments, and no placeholder.
  var isOwn: Bool { !kind.isDestination && !isPlaceholder }

  /// Whether it stands in tutorials for the reader's own.
  private var isPlaceholder: Bool {
    ContactToken.Kind(rawValue: kind.rawValue)
      .map { ContactToken(kind: $0, value: token).isPlaceholder } ?? false
  }
}

/// One thing in a JSON object that cannot be used, with the path that leads to it.
public struct ObjectMistake: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A key that the object needs is not there.
    case missing
    /// Nobody knows the key.
    case unknownKey
    case wrongType
    case outOfRange
    /// A word that is none of those that are known.
    case unknownName
    /// The value is of the right type, and a rule that needs other values refuses it.
    case refused
  }

  public let kind: Kind
  /// Path from the object that was read, as `vantages[1].proxy`; empty: the object itself.
  public let path: String
  public let expected: String
  public let found: String

  public init(_ kind: Kind, path: String, expected: String, found: String) {
    self.kind = kind
    self.path = path
    self.expected = expected
    self.found = found
  }
}

/// Everything that is wrong with one JSON object; never empty.
public struct ObjectMistakes: Error, Sendable, Equatable {
  public let all: [ObjectMistake]
}

/// Paths of values in a JSON document.
enum ObjectPath {
  static func join(_ path: String, _ key: String) -> String {
    let key = EscapedText.escape(key)
    return path.isEmpty ? key : "\(path).\(key)"
  }
}

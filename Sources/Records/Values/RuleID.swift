/// Permanent id of a rule, as `operator.same-key` or `I3.invalid-header`.
///
/// Ids are ordered as people read numbers: `I2` comes before `I10`.
public struct RuleID: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  public let text: String

  public init(_ text: String) { self.text = text }

  public init(stringLiteral text: String) { self.text = text }

  public static func < (one: RuleID, other: RuleID) -> Bool {
    let (left, right) = (one.parts, other.parts)
    for (part, counterpart) in zip(left, right) where part != counterpart {
      if let number = Int(part), let second = Int(counterpart), number != second {
        return number < second
      }
      return part.utf8.lexicographicallyPrecedes(counterpart.utf8)
    }
    return left.count < right.count
  }

  /// Runs of digits and the texts between them.
  private var parts: [Substring] {
    var parts: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let isNumber = first.isWholeNumber
      let part = rest.prefix { $0.isWholeNumber == isNumber }
      parts.append(part)
      rest = rest[part.endIndex...]
    }
    return parts
  }
}

extension RuleID: CustomStringConvertible {
  public var description: String { text }
}

extension JSONValue {
  /// The text of a member; nil: there is none, or it is empty.
  package func text(_ key: String) -> String? {
    if case .string(let text)? = self[key], !text.isEmpty { text } else { nil }
  }

  /// The texts of a list that is a member; others in it are left out.
  package func texts(_ key: String) -> [String] {
    guard case .array(let items)? = self[key] else { return [] }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// A member that is true or false; nil: there is none.
  package func boolean(_ key: String) -> Bool? {
    if case .boolean(let value)? = self[key] { value } else { nil }
  }
}

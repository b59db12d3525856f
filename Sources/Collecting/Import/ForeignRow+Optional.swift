import Artifact
import Records
import StageKit
import Timekeeping

/// Fields that may be missing; `null` is the same as missing.
extension ForeignRow {
  static let timeForm = "a time in ISO 8601 with Z or an offset"

  private func given(_ field: String) -> JSONValue? {
    value[field].flatMap { $0.isNull ? nil : $0 }
  }

  /// A misspelt field would be lost without a word: what is not known is refused.
  func requireKnown(_ fields: [String], ownPrefix: String) throws(StageError) {
    guard case .object(let members) = value else { return }
    for (name, _) in members where !fields.contains(name) && !name.hasPrefix(ownPrefix) {
      throw StageError(
        .badInput, place: "\(file), row \(number), field \(EscapedText.escape(name))",
        expected:
          "one of \(fields.joined(separator: ", ")), or a name that begins with \(ownPrefix)",
        found: "another", remedy: "rename the field")
    }
  }

  /// Names of fields that begin so.
  func fields(beginning prefix: String) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.0).filter { $0.hasPrefix(prefix) }
  }

  func optionalText(_ field: String) throws(StageError) -> String? {
    guard let found = given(field) else { return nil }
    guard case .string(let text) = found else { throw bad(field, "text or null", found) }
    return text
  }

  func optionalBoolean(_ field: String) throws(StageError) -> Bool? {
    guard let found = given(field) else { return nil }
    guard case .boolean(let value) = found else { throw bad(field, "true, false or null", found) }
    return value
  }

  /// A whole number also where it is written with a zero fraction, as tables with gaps do.
  func optionalPort(_ field: String, acceptsText: Bool = false) throws(StageError) -> Int? {
    guard let found = given(field) else { return nil }
    let port: Int? =
      switch found {
      case .integer(let number): number
      case .number(let number): Int(exactly: number)
      case .string(let text) where acceptsText: Int(text)
      default: nil
      }
    guard let port, (1...65535).contains(port) else {
      throw bad(field, "a port, 1 to 65535, or null", found)
    }
    return port
  }

  /// Digits of a port, or empty for `default`, the network's usual one.
  func optionalListedPort(_ field: String) throws(StageError) -> String? {
    if case .string("default")? = given(field) { return "" }
    if case .string? = given(field) {
      throw bad(field, "a port, 1 to 65535, default or null", value[field])
    }
    return try optionalPort(field).map(String.init)
  }

  func optionalWord<Word: ColumnWord>(
    _ field: String, _ type: Word.Type
  ) throws(StageError) -> Word? {
    guard let text = try optionalText(field) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw bad(field, "one of \(Word.words.joined(separator: ", "))", value[field])
    }
    return word
  }

  func optionalTime(_ field: String) throws(StageError) -> UTCTime? {
    guard let text = try optionalText(field) else { return nil }
    guard let time = UTCTime(iso8601: text) else { throw bad(field, Self.timeForm, value[field]) }
    return time
  }

  /// None, one, or several texts.
  func textOrTexts(_ field: String, _ expected: String) throws(StageError) -> [String] {
    switch given(field) {
    case nil: return []
    case .string(let text)?: return [text]
    case .array(let items)?:
      var texts: [String] = []
      for item in items {
        guard case .string(let text) = item else { throw bad(field, expected, item) }
        texts.append(text)
      }
      return texts
    case let other?: throw bad(field, expected, other)
    }
  }

  func optionalObject(_ field: String) throws(StageError) -> JSONValue? {
    guard let found = given(field) else { return nil }
    guard found.isObject else { throw bad(field, "an object or null", found) }
    return found
  }

  /// `[software, protocol]`.
  func optionalIdentification(_ field: String) throws(StageError) -> JSONValue? {
    guard let found = given(field) else { return nil }
    guard case .array(let parts) = found, parts.count == 2, case .string = parts[0],
      case .string = parts[1]
    else { throw bad(field, "[software, protocol], two texts, or null", found) }
    return found
  }

  /// `[[address, host, [features]]]`.
  func optionalPeers(_ field: String) throws(StageError) -> JSONValue? {
    let expected = "a list of [address, host, [features]], all texts, or null"
    guard let found = given(field) else { return nil }
    guard case .array(let items) = found else { throw bad(field, expected, found) }
    for item in items {
      guard case .array(let parts) = item, parts.count == 3, case .string = parts[0],
        case .string = parts[1], case .array(let features) = parts[2],
        features.allSatisfy({ if case .string = $0 { true } else { false } })
      else { throw bad(field, expected, item) }
    }
    return found
  }
}

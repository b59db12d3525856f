import Artifact
import StageKit

/// One row of a foreign scan, with the place for error messages.
struct ForeignRow {
  let value: JSONValue
  let file: String
  let number: Int

  func bad(_ field: String, _ expected: String, _ found: JSONValue?) -> StageError {
    StageError(
      .badInput, place: "\(file), row \(number), field \(field)", expected: expected,
      found: found.map { Self.short($0.kind) } ?? "nothing", remedy: "correct the row or remove it")
  }

  private static func short(_ text: String) -> String {
    text.utf8.count > 120 ? String(text.prefix(120)) + "…" : text
  }

  func requireObject() throws(StageError) {
    guard case .object = value else { throw bad("(whole)", "an object", value) }
  }

  func text(_ field: String) throws(StageError) -> String {
    guard case .string(let text)? = value[field] else { throw bad(field, "text", value[field]) }
    return text
  }

  /// 1…65535.
  func port(_ field: String) throws(StageError) -> Int {
    guard case .integer(let port)? = value[field], (1...65535).contains(port) else {
      throw bad(field, "a port, 1 to 65535", value[field])
    }
    return port
  }

  func word(_ field: String, of words: [String]) throws(StageError) -> String {
    guard case .string(let word)? = value[field], words.contains(word) else {
      throw bad(field, "one of \(words.joined(separator: ", "))", value[field])
    }
    return word
  }

  /// 64 hexadecimal digits, in lower case; nil where the field is null.
  func digest(_ field: String) throws(StageError) -> String? {
    guard let found = value[field] else { throw bad(field, "a SHA-256 or null", nil) }
    if case .null = found { return nil }
    guard case .string(let text) = found, text.utf8.count == 64,
      text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { throw bad(field, "64 hexadecimal digits", found) }
    return text.lowercased()
  }

  /// `[address, host, [features]]`.
  func tuple(
    _ field: String
  ) throws(StageError) -> (address: String, host: String, features: [String]) {
    let expected = "[address, host, [features]], all texts"
    guard case .array(let parts)? = value[field], parts.count == 3,
      case .string(let address) = parts[0], case .string(let host) = parts[1],
      case .array(let list) = parts[2]
    else { throw bad(field, expected, value[field]) }
    var features: [String] = []
    for item in list {
      guard case .string(let feature) = item else { throw bad(field, expected, item) }
      features.append(feature)
    }
    return (address, host, features)
  }
}

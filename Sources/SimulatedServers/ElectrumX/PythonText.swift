internal import ElectrumProtocol

/// How Python prints and converts a decoded JSON value: ElectrumX's error texts show it.
enum PythonText {
  /// `str(value)`.
  static func str(_ value: WireValue) -> String {
    if case .string(let text) = value { text } else { repr(value) }
  }

  /// `repr(value)`.
  static func repr(_ value: WireValue) -> String {
    switch value {
    case .null: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .number(let text): return number(text)
    case .string(let text): return quoted(text)
    case .array(let elements): return "[" + elements.map(repr).joined(separator: ", ") + "]"
    case .object(let members):
      let items = members.map { "\(quoted($0.key)): \(repr($0.value))" }
      return "{" + items.joined(separator: ", ") + "}"
    }
  }

  /// The text of a number after Python read it: integers stay, floats are printed anew.
  static func number(_ text: String) -> String {
    let isFloat = text.utf8.contains { ".eE".utf8.contains($0) }
    guard isFloat, let value = Double(text) else { return text }
    return value.description
  }

  private static func quoted(_ text: String) -> String {
    let quote: Character = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "'" where quote == "'": result += "\\'"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }

  /// `int(value)`, or nil where Python raises. Beyond 64 bits: `Int.max` or `Int.min`.
  static func int(_ value: WireValue) -> Int? {
    switch value {
    case .bool(let value): return value ? 1 : 0
    case .number(let text):
      if let value = Int(text) { return value }
      guard let value = Double(text), value.isFinite else { return nil }
      return Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    case .string(let text):
      let trimmed = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      return Int(String(trimmed))
    case .null, .array, .object: return nil
    }
  }

  /// `f"{value:,}"` of an integer written as decimal digits.
  static func grouped(_ digits: String) -> String {
    let negative = digits.hasPrefix("-")
    let plain = Array(negative ? digits.dropFirst() : digits[...])
    var result = ""
    for (index, digit) in plain.enumerated() {
      if index > 0, (plain.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (negative ? "-" : "") + result
  }
}

/// One value of a database's record.
enum GeoValue {
  case absent
  case number(Double)
  case text(String)
  case map
  case other

  /// What a number is, also one that is written as text.
  var number: Double? {
    switch self {
    case .number(let number): number.isFinite ? number : nil
    case .text(let text): Double(GeoValue.trimmed(text)).flatMap { $0.isFinite ? $0 : nil }
    case .absent, .map, .other: nil
    }
  }

  /// Printable, for messages; nil: there is nothing to tell.
  var shown: String? {
    switch self {
    case .absent: nil
    case .number(let number): "\(number)"
    case .text(let text):
      ["", "-"].contains(GeoValue.trimmed(text))
        ? nil
        : "\"" + String(text.unicodeScalars.prefix(40).map { Self.show($0) }.joined()) + "\""
    case .map: "a map"
    case .other: "a list or another type"
    }
  }

  private static func show(_ scalar: Unicode.Scalar) -> String {
    scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7f
      ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }

  static func trimmed(_ text: String) -> String {
    String(
      text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

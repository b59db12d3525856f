internal import Artifact

extension ChartData {
  /// CSV after RFC 4180 with the texts escaped as in the tables of the package, so that no
  /// spreadsheet runs one.
  var csv: String {
    var out = columns.joined(separator: ",") + "\n"
    for row in rows { out += row.map(Self.cell).joined(separator: ",") + "\n" }
    return out
  }

  private static func cell(_ value: Value) -> String {
    switch value {
    case .text(let text):
      let safe = EscapedText.escape(text)
      let isPlain = !safe.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
      return isPlain ? safe : "\"" + quoted(safe) + "\""
    case .integer(let value): return String(value)
    case .number(let value): return JSONValue.number(value).canonicalText
    case .missing: return ""
    }
  }

  /// By scalars: a quote with a combining mark is one character.
  private static func quoted(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out.append(scalar) }
      out.append(scalar)
    }
    return String(out)
  }
}

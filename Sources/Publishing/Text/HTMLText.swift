import Mustache

/// Text -> HTML text and attribute values, scalar by scalar.
///
/// Works on Unicode scalars, not on characters: a quote or `<` followed by a combining mark is one
/// Swift character and would slip past a table of characters.
enum HTMLText {
  static func escape(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\0": out += "\u{fffd}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

/// The content type that every template of the report names in its first line.
struct SafeHTML: MustacheContentType {
  static let name = "SAFE_HTML"

  func escapeText(_ text: String) -> String { HTMLText.escape(text) }
}

internal import Artifact

/// Text from the network made fit to be looked at: nothing in it acts, everything in it shows.
///
/// Control and format characters (terminal escapes, bidirectional overrides, zero-width) become
/// `\uXXXX`, line breaks become ⏎, more than three combining marks in a row are left out, and long
/// text is cut. Escaping for HTML is the renderer's part, not this one's.
enum VisibleText {
  /// - Parameter limit: most characters (Unicode scalars of the result) before it is cut with `…`.
  static func show(_ text: String, limit: Int = 160) -> String {
    var out = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      if out.count >= limit {
        out.append("…")
        break
      }
      marks = isCombining(scalar) ? marks + 1 : 0
      if marks > 3 { continue }
      switch scalar {
      case "\r": continue
      case "\n": out.append(contentsOf: " ⏎ ".unicodeScalars)
      default:
        if EscapedText.isUnsafe(scalar.value) {
          out.append(contentsOf: escape(scalar.value).unicodeScalars)
        } else {
          out.append(scalar)
        }
      }
    }
    return String(out)
  }

  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }

  private static func escape(_ value: UInt32) -> String {
    let hex = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
  }
}

import Foundation

/// Untrusted text in the form in which it is compared: NFC, words apart by one space, nothing
/// invisible, bounded.
///
/// Taken away are control codes, default-ignorable characters (zero-width, bidirectional controls,
/// variation selectors, fillers, tags), combining marks after the 30th in a row (the limit of
/// UAX 15's stream-safe format), and everything after `limit`. The result is its own clean form.
public enum CleanText {
  /// Unicode scalars that are read of a text; a longer one is compared by its beginning.
  public static let limit = 65_536

  private static let marksInARow = 30

  public static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(scalars(of: text)))
  }

  static func scalars(of text: String) -> [Unicode.Scalar] {
    var kept = String.UnicodeScalarView()
    var isApart = false
    var marks = 0
    for scalar in text.unicodeScalars.prefix(limit) {
      if scalar.properties.isWhitespace {
        isApart = !kept.isEmpty
        marks = 0
      } else if !isIgnored(scalar), isWithinLimit(scalar, &marks) {
        if isApart { kept.append(" ") }
        isApart = false
        kept.append(scalar)
      }
    }
    // Composition can give a mark for two, and two for one: the limits hold for its result.
    marks = 0
    var result: [Unicode.Scalar] = []
    for scalar in String(kept).precomposedStringWithCanonicalMapping.unicodeScalars.prefix(limit)
    where isWithinLimit(scalar, &marks) {
      result.append(scalar)
    }
    if result.last == " " { result.removeLast() }
    return result
  }

  /// Each line of a text, clean; lines that are empty then are left out.
  static func lines(of text: String) -> [[Unicode.Scalar]] {
    text.unicodeScalars.prefix(limit)
      .split { "\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) }
      .map { scalars(of: String(String.UnicodeScalarView($0))) }
      .filter { !$0.isEmpty }
  }

  /// Control codes that are no white space, and characters that are not shown.
  static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return scalar.properties.generalCategory == .control
      || scalar.properties.isDefaultIgnorableCodePoint
      || (0xFFF9...0xFFFB).contains(scalar.value)
  }

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && scalar.properties.canonicalCombiningClass != .notReordered
  }

  private static func isWithinLimit(_ scalar: Unicode.Scalar, _ marks: inout Int) -> Bool {
    marks = isMark(scalar) ? marks + 1 : 0
    return marks <= marksInARow
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  /// A letter of any script or an ASCII digit.
  var isWordPart: Bool { isASCII ? isASCIILetter || isDigit : properties.isAlphabetic }
}

import Foundation

/// What a word looks like in plain Latin letters, in the manner of UTS 39's skeleton.
///
/// The table is a small one of our own: letters of other scripts that common fonts draw as a Latin
/// letter. Full-width and mathematical letters are taken by compatibility mapping (NFKC). A
/// skeleton only raises a question; it is never a name.
public enum Skeleton {
  /// The skeleton, lower case; the word itself, lower case, where nothing in it looks like another.
  public static func of(_ word: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in word.precomposedStringWithCompatibilityMapping.unicodeScalars
    where !CleanText.isIgnored(scalar) {
      if let letter = byScalar[scalar] {
        out.append(letter)
      } else {
        out.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(out)
  }

  /// The same text, scalar by scalar, with look-alikes of Latin letters replaced in each word that
  /// mixes scripts which are not written together, or that imitates a word somebody gains by
  /// imitating (``TextAnomaly/imitated``).
  /// - Parameter text: in lower case and compatibility composition.
  public static func revealed(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard text.contains(where: { byScalar[$0] != nil }) else { return text }
    var result = text
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end].properties.isAlphabetic { end += 1 }
      if end > start, isImitation(text[start..<end]) {
        for index in start..<end { result[index] = byScalar[text[index]] ?? text[index] }
      }
      start = max(end, start + 1)
    }
    return result
  }

  private static func isImitation(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    guard word.contains(where: { byScalar[$0] != nil }) else { return false }
    let plain = word.map { byScalar[$0] ?? $0 }
    guard plain.allSatisfy(\.isASCII) else { return false }
    return !LetterScript.belongTogether(Set(word.compactMap(LetterScript.init)))
      || TextAnomaly.imitated.contains(String(String.UnicodeScalarView(plain)))
  }

  /// Control codes that are no white space, and characters that are not shown.
  public static func isInvisible(_ scalar: Unicode.Scalar) -> Bool { CleanText.isIgnored(scalar) }

  private static let byScalar: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for entry in lookAlikes {
      let scalars = Array(entry.unicodeScalars)
      for scalar in scalars.dropFirst() { table[scalar] = scalars[0] }
    }
    return table
  }()

  /// A Latin letter, then what looks like it in Cyrillic, Greek, Armenian and rare Latin.
  private static let lookAlikes = [
    "a\u{430}\u{410}\u{3B1}\u{391}\u{251}",
    "b\u{412}\u{42C}\u{44C}\u{392}\u{184}\u{185}",
    "c\u{441}\u{421}\u{3F2}\u{3F9}\u{1D04}",
    "d\u{501}\u{500}\u{257}",
    "e\u{435}\u{415}\u{395}\u{454}\u{3B5}\u{212E}\u{4BD}",
    "f\u{192}\u{3DD}\u{584}",
    "g\u{261}\u{581}\u{50C}\u{50D}",
    "h\u{4BB}\u{41D}\u{397}\u{570}",
    "i\u{456}\u{406}\u{3B9}\u{399}\u{131}\u{26A}\u{269}",
    "j\u{458}\u{408}\u{3F3}",
    "k\u{43A}\u{41A}\u{3BA}\u{39A}",
    "l\u{4CF}\u{4C0}\u{1C0}",
    "m\u{41C}\u{39C}\u{43C}",
    "n\u{39D}\u{578}\u{57C}",
    "o\u{43E}\u{41E}\u{3BF}\u{39F}\u{585}\u{555}\u{1D0F}\u{3C3}",
    "p\u{440}\u{420}\u{3C1}\u{3A1}",
    "q\u{51B}\u{51A}\u{566}",
    "r\u{433}\u{1D26}",
    "s\u{455}\u{405}\u{54F}\u{A731}",
    "t\u{442}\u{422}\u{3C4}\u{3A4}",
    "u\u{57D}\u{3C5}\u{1D1C}\u{46D}",
    "v\u{475}\u{474}\u{3BD}\u{1D20}",
    "w\u{51D}\u{51C}\u{461}\u{1D21}",
    "x\u{445}\u{425}\u{3C7}\u{3A7}",
    "y\u{443}\u{423}\u{4AF}\u{3B3}\u{3A5}\u{4AE}",
    "z\u{396}\u{1D22}",
  ]
}

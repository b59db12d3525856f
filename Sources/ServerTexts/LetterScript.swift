/// The script of a letter, as far as it matters for whether a word mixes scripts.
///
/// Ranges are those of Unicode's blocks; a letter outside them is `other`, and two letters of
/// `other` are taken to be of one script.
enum LetterScript: String, CaseIterable, Sendable {
  case latin, greek, cyrillic, armenian, hebrew, arabic, cherokee, han, kana, hangul, other

  /// nil for what every script shares: digits, punctuation, marks, symbols, emoji.
  init?(_ scalar: Unicode.Scalar) {
    guard scalar.properties.isAlphabetic, !Self.isShared(scalar) else { return nil }
    self = Self.blocks.first { $0.range.contains(scalar.value) }?.script ?? .other
  }

  /// Scripts that are written together: Japanese and Korean, and Latin within both and Chinese
  /// (UTS 39, "highly restrictive").
  static func belongTogether(_ scripts: Set<LetterScript>) -> Bool {
    scripts.count <= 1 || scripts.isSubset(of: [.latin, .han, .kana])
      || scripts.isSubset(of: [.latin, .han, .hangul])
  }

  private static func isShared(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .letterNumber, .otherSymbol,
      .modifierLetter:
      true
    // Micro sign, ordinal indicators, mathematical alphabets.
    default:
      [0xAA, 0xB5, 0xBA].contains(scalar.value) || (0x1D400...0x1D7FF).contains(scalar.value)
    }
  }

  private static let blocks: [(range: ClosedRange<UInt32>, script: LetterScript)] = [
    (0x0041...0x024F, .latin), (0x0250...0x02AF, .latin), (0x1D00...0x1DBF, .latin),
    (0x1E00...0x1EFF, .latin), (0x2C60...0x2C7F, .latin), (0xA720...0xA7FF, .latin),
    (0xAB30...0xAB6F, .latin), (0xFB00...0xFB06, .latin), (0xFF21...0xFF5A, .latin),
    (0x0370...0x03FF, .greek), (0x1F00...0x1FFF, .greek),
    (0x0400...0x052F, .cyrillic), (0x1C80...0x1C8F, .cyrillic), (0x2DE0...0x2DFF, .cyrillic),
    (0xA640...0xA69F, .cyrillic),
    (0x0530...0x058F, .armenian), (0xFB13...0xFB17, .armenian),
    (0x0590...0x05FF, .hebrew), (0xFB1D...0xFB4F, .hebrew),
    (0x0600...0x06FF, .arabic), (0x0750...0x077F, .arabic), (0x08A0...0x08FF, .arabic),
    (0xFB50...0xFDFF, .arabic), (0xFE70...0xFEFE, .arabic),
    (0x13A0...0x13FF, .cherokee), (0xAB70...0xABBF, .cherokee),
    (0x3040...0x30FF, .kana), (0x31F0...0x31FF, .kana), (0xFF66...0xFF9F, .kana),
    (0x3100...0x312F, .han), (0x3400...0x4DBF, .han), (0x4E00...0x9FFF, .han),
    (0xF900...0xFAFF, .han), (0x20000...0x323AF, .han),
    (0x1100...0x11FF, .hangul), (0x3130...0x318F, .hangul), (0xAC00...0xD7FF, .hangul),
  ]
}

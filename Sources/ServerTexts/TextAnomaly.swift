/// Something in a text or a name that makes it look other than it is. A flag for people to look at:
/// never a verdict on who wrote it.
public struct TextAnomaly: Sendable, Hashable, Comparable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Characters that turn the reading order.
    case bidirectionalControl = "bidi-control"
    /// Characters that are not shown: zero-width, fillers, tags.
    case invisible
    /// Control codes other than tabs and line ends.
    case controlCode = "control-code"
    /// More than 30 combining marks on one character.
    case stackedMarks = "stacked-marks"
    /// Letters of scripts that are not written together in one word.
    case mixedScripts = "mixed-scripts"
    /// A word that looks like one in plain Latin letters, and is another.
    case lookAlike = "look-alike"
    /// An `xn--` label that encodes nothing.
    case wrongPunycode = "wrong-punycode"
  }

  public let kind: Kind
  /// The word or label; empty for what is counted by character.
  public let word: String
  /// Code points for characters, scripts for `mixedScripts`, the skeleton for `lookAlike`.
  public let detail: String

  /// Anomalies that are told of one text; those of smaller kind and word come first.
  public static let limit = 32

  public static func < (a: TextAnomaly, b: TextAnomaly) -> Bool {
    (a.kind.rawValue, a.word, a.detail) < (b.kind.rawValue, b.word, b.detail)
  }

  /// Words that somebody gains by imitating. A look-alike of one of them is told also where it is
  /// of one script, since words of that script may look Latin by chance.
  public static let imitated = ["bitcoin", "core", "electrum", "electrumx", "server", "wallet"]
}

extension TextAnomaly {
  /// Anomalies of a text, sorted, each once.
  public static func all(inText text: String) -> [TextAnomaly] {
    var found = characters(of: text)
    for word in letterRuns(text) {
      let scripts = Set(word.unicodeScalars.compactMap(LetterScript.init))
      let isMixed = !LetterScript.belongTogether(scripts)
      if isMixed { found.insert(mixed(word, scripts)) }
      let skeleton = Skeleton.of(word)
      let isCompatible = word.unicodeScalars.contains { isCompatibilityLetter($0) }
      if isLatin(skeleton), isMixed || isCompatible || imitated.contains(skeleton) {
        found.insert(TextAnomaly(kind: .lookAlike, word: word, detail: skeleton))
      }
    }
    return Array(found.sorted().prefix(limit))
  }

  /// Anomalies of a host name, of its Unicode form where it has one.
  public static func all(inName name: String) -> [TextAnomaly] {
    var found = characters(of: name)
    let international = InternationalName(name)
    for label in international?.wrongLabels ?? [] {
      found.insert(TextAnomaly(kind: .wrongPunycode, word: label, detail: ""))
    }
    for label in (international?.unicode ?? name).unicodeScalars.prefix(1024).split(separator: ".")
    where label.contains(where: { !$0.isASCII }) {
      let word = String(String.UnicodeScalarView(label))
      let scripts = Set(label.compactMap(LetterScript.init))
      if !LetterScript.belongTogether(scripts) { found.insert(mixed(word, scripts)) }
      let skeleton = Skeleton.of(word)
      if isLatin(skeleton) {
        found.insert(TextAnomaly(kind: .lookAlike, word: word, detail: skeleton))
      }
    }
    return Array(found.sorted().prefix(limit))
  }

  private static func mixed(_ word: String, _ scripts: Set<LetterScript>) -> TextAnomaly {
    let names = scripts.map(\.rawValue).sorted().joined(separator: " ")
    return TextAnomaly(kind: .mixedScripts, word: word, detail: names)
  }

  /// Every character of one kind together, by code point.
  private static func characters(of text: String) -> Set<TextAnomaly> {
    var codes: [Kind: Set<UInt32>] = [:]
    var marks = 0
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars.prefix(CleanText.limit) {
      marks = CleanText.isMark(scalar) ? marks + 1 : 0
      if marks == 31 { codes[.stackedMarks, default: []].insert(scalar.value) }
      if let kind = kind(of: scalar, after: before) {
        codes[kind, default: []].insert(scalar.value)
      }
      before = scalar
    }
    return Set(
      codes.map { kind, values in
        let listed = values.sorted().prefix(8).map { "U+" + hex($0) }
        return TextAnomaly(kind: kind, word: "", detail: listed.joined(separator: " "))
      })
  }

  private static func kind(of scalar: Unicode.Scalar, after before: Unicode.Scalar) -> Kind? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: nil
    case 0..<0x20, 0x7F..<0xA0: .controlCode
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: .bidirectionalControl
    // Variation selectors and joiners belong to emoji, and joiners to scripts that join letters.
    case 0xFE00...0xFE0F: nil
    case 0x200D where !before.isASCII, 0x200C where !before.isASCII: nil
    default: CleanText.isIgnored(scalar) ? .invisible : nil
    }
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// Words of letters and marks that hold anything but ASCII; at most 64 characters of each.
  private static func letterRuns(_ text: String) -> Set<String> {
    let runs = CleanText.scalars(of: text).split {
      !$0.properties.isAlphabetic && !CleanText.isMark($0)
    }
    return Set(
      runs.filter { $0.contains { !$0.isASCII } }
        .map { String(String.UnicodeScalarView($0.prefix(64))) })
  }

  private static func isLatin(_ skeleton: String) -> Bool {
    !skeleton.isEmpty && skeleton.utf8.allSatisfy { $0 < 0x80 }
  }

  /// Full-width and mathematical letters: shown as letters, and others.
  private static func isCompatibilityLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0xFF21...0xFF5A).contains(scalar.value) || (0x1D400...0x1D7FF).contains(scalar.value)
  }
}

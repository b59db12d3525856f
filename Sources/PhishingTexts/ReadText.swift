/// A text with its links, and the words in it that are no part of a link.
struct ReadText {
  let links: [TextLink]
  /// The text without its links.
  let words: [Unicode.Scalar]
  let calls: [Range<Int>]

  private static let callFinder = WordFinder(\.calls)
  private static let walletFinder = WordFinder(\.wallets)
  private static let alarmFinder = WordFinder(\.alarms)

  init(_ text: FoldedText) {
    links = LinkFinder(text).links()
    var words = text.revealed
    for link in links { for index in link.range { words[index] = "\u{FFFC}" } }
    self.words = words
    let found = Self.callFinder.ranges(in: words)
    calls = found.filter { !Self.isReport($0, words) }
  }

  /// The wallet is named: not the server program that has its name, nor a server.
  var namesWallet: Bool {
    Self.walletFinder.ranges(in: words).contains { range in
      let name = String(String.UnicodeScalarView(words[range]))
      guard name == "electrum" else { return true }
      let rest = words[range.upperBound...]
      return !["x", " server", "-server"].contains { rest.starts(with: $0.unicodeScalars) }
    }
  }

  var alarms: Bool { Self.alarmFinder.matches(words) }

  /// Links that are the one nearest to a call.
  var calledLinks: [TextLink] {
    let called = calls.compactMap { call in
      links.min { $0.distance(to: call) < $1.distance(to: call) }
    }
    return links.filter { called.contains($0) }
  }

  /// English words that say that something was done rather than to do it: `updated`, `last update`.
  private static func isReport(_ call: Range<Int>, _ words: [Unicode.Scalar]) -> Bool {
    var end = call.upperBound
    while end < words.count, FoldedText.isWordPart(words[end]) { end += 1 }
    let word = String(String.UnicodeScalarView(words[call.lowerBound..<end]))
    let before = precedingWords(of: call, words)
    if participles.contains(word) { return asking.isDisjoint(with: before) }
    return nouns.contains(word) && !before.isEmpty && reporting.contains(before[0])
  }

  private static let participles: Set = [
    "updated", "upgraded", "installed", "reinstalled", "downloaded", "migrated", "patched",
  ]
  private static let nouns: Set = ["update", "updates", "upgrade", "upgrades"]
  private static let asking: Set = [
    "be", "get", "not", "isn't", "needs", "must", "should", "have", "an", "the", "our",
  ]
  private static let reporting: Set = ["last", "latest", "server", "recent", "automatic"]

  /// The two words before a place, the nearest first.
  private static func precedingWords(
    of call: Range<Int>, _ words: [Unicode.Scalar]
  ) -> [String] {
    let before = words[max(0, call.lowerBound - 40)..<call.lowerBound]
    return before.split { !FoldedText.isWordPart($0) && $0 != "'" }.suffix(2).reversed()
      .map { String(String.UnicodeScalarView($0)) }
  }
}

/// Texts that strangers write alike without having copied them: greetings, the name of what they run,
/// and what is too short to be anybody's own.
public enum OrdinaryText {
  /// Fewest bytes of letters (UTF-8) of a text that can be somebody's own.
  public static let leastBytes = 12

  /// Words of which a text may consist and still be nobody's own; lower case, sorted.
  ///
  /// Our own collection: greetings, names of software and of what it serves, and what tutorials put
  /// where an operator's text should stand. A missing word errs towards linking strangers, a wrong one
  /// towards no evidence.
  public static let words = [
    "a", "address", "all", "an", "and", "are", "banner", "bienvenidos", "bienvenue", "bitcoin",
    "btc", "by", "change", "changeme", "connected", "core", "day", "default", "donate", "donation",
    "donations", "edit", "electrs", "electrum", "electrumx", "empty", "enjoy", "esplora", "example",
    "for", "free", "from", "fulcrum", "full", "good", "greetings", "hallo", "have", "hello", "here",
    "hey", "hi", "hola", "home", "host", "hosted", "i", "in", "insert", "ipsum", "is", "lorem",
    "mainnet", "me", "message", "mine", "my", "n", "name", "nice", "no", "node", "nodes", "none",
    "null", "of", "on", "one", "online", "our", "own", "personal", "please", "powered", "private",
    "public", "put", "running", "rust", "s", "sample", "server", "servers", "service", "some",
    "someone", "test", "testing", "testnet", "text", "thank", "thanks", "the", "this", "to", "todo",
    "tor", "undefined", "use", "v", "version", "wallet", "welcome", "willkommen", "with", "world",
    "you", "your",
  ]

  private static let known = Set(words)

  /// Whether a masked text (`TextMask`) is one.
  public static func isOrdinary(mask: String) -> Bool {
    var letters = 0
    var isOwn = false
    for word in words(of: mask) {
      letters += word.utf8.count
      isOwn = isOwn || !known.contains(word)
    }
    return !isOwn || letters < leastBytes
  }

  /// Runs of letters in lower case, but for those of the mask's own marks.
  private static func words(of mask: String) -> [String] {
    let scalars = Array(mask.unicodeScalars)
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] == "<", index + 2 < scalars.count, scalars[index + 2] == ">",
        ("A"..."Z").contains(scalars[index + 1])
      {
        index += 3
        if !word.isEmpty { words.append(String(word).lowercased()) }
        word = String.UnicodeScalarView()
        continue
      }
      if scalars[index].properties.isAlphabetic {
        word.append(scalars[index])
      } else if !word.isEmpty {
        words.append(String(word).lowercased())
        word = String.UnicodeScalarView()
      }
      index += 1
    }
    if !word.isEmpty { words.append(String(word).lowercased()) }
    return words
  }
}

import Addressing
import ElectrumProtocol

/// Reads the contact tokens of one line of clean text, in one pass over its words.
struct ContactLine {
  private let line: [Unicode.Scalar]
  private var found: [ContactToken: Int] = [:]
  /// The word before, lower case: `telegram:` of `Telegram: @name`.
  private var label = ""

  private static let delimiters: Set<Unicode.Scalar> = [
    " ", "<", ">", "\"", "'", "`", "(", ")", "[", "]", "{", "}", ",", ";", "|",
  ]

  private static let pages = ["t.me/", "telegram.me/", "twitter.com/", "x.com/"]

  init(_ line: [Unicode.Scalar]) { self.line = line }

  /// Each token with the number of times that it stands in the line.
  mutating func tokens() -> [ContactToken: Int] {
    var index = 0
    for range in URLText.ranges(in: line) {
      readWords(index..<range.lowerBound)
      readURL(range)
      index = range.upperBound
    }
    readWords(index..<line.count)
    for token in PGPText.tokens(in: line) { found[token, default: 0] += 1 }
    return found
  }

  private mutating func add(_ kind: ContactToken.Kind, _ value: String) {
    found[ContactToken(kind: kind, value: value), default: 0] += 1
  }

  private mutating func readURL(_ range: Range<Int>) {
    label = ""
    guard let url = CanonicalURL(TokenForm.text(line[range])) else { return }
    if let token = url.handle {
      found[token, default: 0] += 1
    } else {
      add(.url, url.text)
    }
    if let onion = OnionName(url.host) { add(.onion, onion.text) }
  }

  private mutating func readWords(_ part: Range<Int>) {
    for word in line[part].split(whereSeparator: Self.delimiters.contains) {
      readPage(word)
      readHandles(word)
      readNames(word)
      label = TokenForm.text(word.prefix(16)).lowercased()
    }
  }

  /// A page of a network without its scheme.
  private mutating func readPage(_ word: ArraySlice<Unicode.Scalar>) {
    let text = TokenForm.text(word.prefix(128)).lowercased()
    guard Self.pages.contains(where: text.hasPrefix) else { return }
    if let token = CanonicalURL("https://" + text)?.handle { found[token, default: 0] += 1 }
  }

  /// Onion names and nostr keys: runs of letters and digits that carry a checksum.
  private mutating func readNames(_ word: ArraySlice<Unicode.Scalar>) {
    for run in word.split(whereSeparator: { !$0.isWordPart }) {
      let text = TokenForm.text(run)
      if run.count == 56, let onion = OnionName(text + ".onion"),
        TokenForm.text(word[run.endIndex...].prefix(6)).lowercased() == ".onion"
      {
        add(.onion, onion.text)
      } else if run.count == 63, let key = try? Bech32(text), key.prefix == "npub",
        key.variant == .bech32, key.bytes()?.count == 32
      {
        add(.nostr, text.lowercased())
      }
    }
  }

  /// E-mail addresses and names of networks: whatever stands around an `@`, and `#room:server`.
  private mutating func readHandles(_ word: ArraySlice<Unicode.Scalar>) {
    for index in word.indices {
      if word[index] == "@" {
        readAt(index, in: word)
      } else if word[index] == "#", index == word.startIndex {
        readMatrix(index, in: word)
      }
    }
  }

  private mutating func readAt(_ at: Int, in word: ArraySlice<Unicode.Scalar>) {
    let local = word[..<at].suffix(65).reversed().prefix(while: Self.isLocalPart)
    let before = word[..<at].dropLast(local.count)
    if !local.isEmpty, local.count <= 64 {
      guard before.last != "₿", let host = host(after: at, in: word) else { return }
      let address = String(String.UnicodeScalarView(local.reversed())).lowercased() + "@" + host
      if before.last != "@" {
        add(.email, address)
      } else if before.dropLast().last?.isWordPart != true {
        add(.fediverse, "@" + address)
      }
    } else if local.isEmpty, !readMatrix(at, in: word) {
      let name = word[(at + 1)...].prefix { $0.isASCIILetter || $0.isDigit || $0 == "_" }
      let next = word[name.endIndex...].first
      guard (2...32).contains(name.count), next != "@" else { return }
      let network = Self.network(
        at == word.startIndex ? label : TokenForm.text(word[..<at].suffix(16)).lowercased())
      add(network ?? .handle, Self.handle(name, of: network))
    }
  }

  private static func network(_ label: String) -> ContactToken.Kind? {
    switch label {
    case "telegram", "telegram:", "tg:": .telegram
    case "twitter", "twitter:", "x:": .twitter
    default: nil
    }
  }

  private static func handle(
    _ name: ArraySlice<Unicode.Scalar>, of network: ContactToken.Kind?
  ) -> String {
    (network == nil ? "@" : "") + TokenForm.text(name).lowercased()
  }

  /// `@user:server` or `#room:server`, the sign at `sign`.
  @discardableResult
  private mutating func readMatrix(_ sign: Int, in word: ArraySlice<Unicode.Scalar>) -> Bool {
    let name = word[(sign + 1)...].prefix(65).prefix {
      Self.isLocalPart($0) || $0 == "=" || $0 == "/"
    }
    guard (1...64).contains(name.count), name.endIndex < word.endIndex, word[name.endIndex] == ":",
      let server = host(after: name.endIndex, in: word)
    else { return false }
    add(.matrix, TokenForm.text([word[sign]]) + TokenForm.text(name).lowercased() + ":" + server)
    return true
  }

  /// A host name with a dot and no digit in its last label's first place, in its ASCII form.
  private func host(after index: Int, in word: ArraySlice<Unicode.Scalar>) -> String? {
    var run = word[(index + 1)...].prefix(254).prefix { $0.isWordPart || $0 == "." || $0 == "-" }
    while run.last == "." || run.last == "-" { run.removeLast() }
    guard run.count <= 253, let name = InternationalName(TokenForm.text(run))?.ascii,
      let last = name.split(separator: ".").last, name.contains("."), last.utf8.count >= 2,
      last.utf8.first.map({ $0 > UInt8(ascii: "9") }) == true
    else { return nil }
    return name
  }

  private static func isLocalPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCIILetter || scalar.isDigit || [".", "_", "%", "+", "-"].contains(scalar)
  }
}

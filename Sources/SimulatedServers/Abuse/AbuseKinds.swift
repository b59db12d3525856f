/// Ways in which a hostile server abuses the protocol to exhaust, confuse or mislead a client.
/// Every one of them stops by itself.
package enum ProtocolAbuse: String, Sendable, CaseIterable {
  /// A line without end: 48 MiB.
  case endlessLine = "endless-line"
  /// One byte a second, for ten minutes.
  case byteBySecond = "byte-by-second"
  /// A reply of 64 MiB.
  case hugeReply = "huge-reply"
  /// 100,000 peers.
  case manyPeers = "many-peers"
  /// A reply of 100,000 nested lists.
  case deepJSON = "deep-json"
  /// A reply with bytes that are no UTF-8.
  case invalidUTF8 = "invalid-utf8"
  /// NaN, numbers beyond any type, and keys that stand twice.
  case extremeNumbers = "extreme-numbers"
  /// Replies to questions that nobody asked, before the right one.
  case unknownIDs = "unknown-ids"
  /// Notifications on and on: 100 a second, for five minutes.
  case notifications
  /// Closes before the first answer.
  case closesBeforeAnswer = "closes-before-answer"
  /// Closes in the midst of the first answer.
  case closesInAnswer = "closes-in-answer"
  /// Closes after the first answer.
  case closesAfterFirst = "closes-after-first"
  /// Answers the first question, then says nothing more.
  case fallsSilent = "falls-silent"
  /// Escape sequences that rewrite a terminal, in every text.
  case terminalEscapes = "terminal-escapes"
  /// HTML and script, in every text.
  case markup
  /// Spreadsheet formulae and byte order marks, in every text.
  case formulae

  /// Whether it is the texts of otherwise honest answers that are hostile.
  package var texts: [String]? {
    switch self {
    case .terminalEscapes:
      [
        "\u{1B}[2J\u{1B}[1;1H\u{1B}]0;owned\u{07}all servers honest\u{1B}[8m",
        "\u{9B}31m\r\u{8}\u{7F}",
      ]
    case .markup:
      [
        "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>&amp;</b>",
        "</td></tr></table><iframe src=\"https://wallet-update.example/\"></iframe>",
      ]
    case .formulae:
      [
        "\u{FEFF}=HYPERLINK(\"https://wallet-update.example/\",\"1\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
      ]
    default: nil
    }
  }
}

import ServerTexts
import Testing

/// Texts and names that look other than they are.
struct TextAnomalyTests {
  private func inText(_ text: String) -> [String] {
    TextAnomaly.all(inText: text).map { "\($0.kind.rawValue) \($0.word) \($0.detail)" }
  }

  private func inName(_ name: String) -> [String] {
    TextAnomaly.all(inName: name).map { "\($0.kind.rawValue) \($0.word) \($0.detail)" }
  }

  @Test func `a Cyrillic letter in 'electrum' is flagged, in text, in a name and in Punycode`()
    throws
  {
    let word = "\u{435}lectrum"
    let expected = [
      "look-alike \(word) electrum", "mixed-scripts \(word) cyrillic latin",
    ]
    #expect(inText("update \(word) now") == expected)
    #expect(inName(word + ".org") == expected)
    let encoded = try #require(InternationalName(word + ".org")?.ascii)
    #expect(encoded.hasPrefix("xn--"))
    #expect(inName(encoded) == expected)
  }

  @Test(arguments: [
    ("\u{441}\u{43E}r\u{435}", "core"), ("\u{FF45}lectrum", "electrum"),
    ("\u{1D41E}lectrum", "electrum"), ("w\u{3B1}llet", "wallet"), ("b\u{131}tcoin", "bitcoin"),
    ("\u{395}LECTRUM", "electrum"),
  ])
  func
    `whole words of another script, full-width and mathematical letters are flagged where they imitate`(
      word: String, skeleton: String
    )
  {
    #expect(inText(word).contains("look-alike \(word) \(skeleton)"))
    #expect(inName(word + ".example").contains { $0.hasPrefix("look-alike") })
  }

  @Test(arguments: [
    "Добро пожаловать на сервер, оса", "Καλώς ήρθατε", "東京のElectrumサーバー", "서버 Electrum",
    "Willkommen, Grüße! naïve café", "🚀🌑 👨‍👩‍👧 ❤️", "10 µBTC", "plain ASCII", "مرحبا بكم",
  ]) func `text of one script, and of scripts that are written together, is not flagged`(
    text: String
  ) {
    #expect(inText(text) == [])
  }

  @Test
  func
    `controls of reading order, invisible characters, control codes and piles of marks are named`()
  {
    #expect(inText("a\u{202E}b\u{2066}") == ["bidi-control  U+202E U+2066"])
    #expect(inText("elec\u{200B}trum") == ["invisible  U+200B"])
    #expect(inText("a\u{1B}[0m\tb\r\n") == ["control-code  U+001B"])
    #expect(
      inText("a" + String(repeating: "\u{301}", count: 31)) == ["stacked-marks  U+0301"])
    #expect(inText("tag\u{E0041}") == ["invisible  U+E0041"])
  }

  @Test func `a label that encodes nothing is flagged`() {
    #expect(inName("xn--99999999.example") == ["wrong-punycode xn--99999999 "])
    #expect(inName("node.example") == [])
    #expect(inName("bücher.example") == [])
  }

  @Test func `a skeleton is its own skeleton`() {
    for word in ["\u{435}l\u{435}ctrum", "ﬁle", "ＡＢＣ", "straße", "Ω", ""] {
      let skeleton = Skeleton.of(word)
      #expect(Skeleton.of(skeleton) == skeleton)
    }
    #expect(Skeleton.of("Electrum") == "electrum")
  }
}

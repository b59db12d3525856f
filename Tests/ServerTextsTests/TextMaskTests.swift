import ServerTexts
import Statistics
import Testing

/// Masks take away what differs between two servers with one text.
struct TextMaskTests {
  @Test(arguments: [
    (
      "You are connected to an ElectrumX 1.18.0 server.",
      "You are connected to an ElectrumX <V> server."
    ),
    ("height 912345, 12 peers", "height <N>, 12 peers"),
    ("height 912,345 of 1,234,567.", "height <N> of <N>."),
    ("12,34,567 and 1,2345", "12,<N> and 1,<N>"),
    ("since 2021-03-04.", "since <D>."),
    ("at 2021-03-04T12:34:56Z, 2021-03-04T12:34:56.5+02:00", "at <D>, <D>"),
    ("2021-13-04 is no date", "<N>-13-04 is no date"),
    ("send to 1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N!", "send to <A>!"),
    ("bc1qpx674ncpwgvw06cq6jqjfp7fh5px99jdqslym7", "<A>"),
    ("BC1QPX674NCPWGVW06CQ6JQJFP7FH5PX99JDQSLYM7", "<A>"),
    ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "<A>"),
    ("mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", "<A>"),
    ("see https://example.org/x?y=1 now", "see <U> now"),
    ("(https://example.org/a), www.example.org.", "(<U>), <U>."),
    ("日本https://example.org 語", "日本<U> 語"),
    ("https:// and ://x and 1://x", "https:// and ://x and 1://x"),
    ("/Satoshi:27.0.0/", "/Satoshi:<V>/"),
    ("v1.4.5-rc2 on 10.0.0.1", "v<V>-rc2 on <V>"),
    ("  a\t\tb\r\nc  ", "a b c"),
    ("deadbeefdeadbeef01", "<H>"),
    ("1234567890123456", "<N>"),
    ("e\u{301}", "é"),
    ("日本 2024", "日本 <N>"),
    ("a\u{0}b\u{1B}[31m", "ab[31m"),
    ("zero\u{200B}width \u{202E}turned", "zerowidth turned"),
    ("user@example.org node7.example", "user@example.org node7.example"),
    ("", ""),
  ]) func `versions, numbers, dates, addresses, links and hashes are masked, words are not`(
    text: String, masked: String
  ) {
    #expect(TextMask.mask(text) == masked)
  }

  @Test func `no mark is made whole with what stands beside it, and no mask gives another mask`() {
    let address = "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N"
    for text in [
      "1234\u{338}", address + "0000", "g1234abcdef0abcdef0abcdef0", "1234www.a.b", "5." + address,
      "1.2abcdef0123456789", "a://b\"c://d", "1,234.5.6", "x2021-03-04.5.6", address + "1.2",
      String(repeating: "a", count: 40) + "://x", "1234abc://x", "2021-03-04abc1.2",
    ] {
      let masked = TextMask.mask(text)
      #expect(TextMask.mask(masked) == masked, "\(text)")
    }
    #expect(TextMask.mask("1234\u{338}") == "<N>")
    #expect(TextMask.mask("5." + address) == "5.<A>")
  }

  @Test
  func `the mask of any characters is its own mask, in NFC, and no longer than the clean text`() {
    var generator = SplitMix64(seed: 7)
    let parts = [
      "1", "23", "456", "7890", ".", ",", "-", ":", "/", "://", "www.", "a", "Z", "f0", "bc1q", "é",
      "\u{301}", "\u{338}", " ", "\n", "\u{0}", "\u{200B}", "2021-03-04", "T12:30", ">", "<", "\"",
      "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N", "deadbeef", "0123456789abcdef", "日", "ﬁ", "\u{1100}",
      "\u{1161}", "\u{344}", "height ", "[", ")",
    ]
    for _ in 0..<6000 {
      let count = Int.random(in: 0...14, using: &generator)
      let text = (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      for (mask, name) in [(TextMask.mask, "text"), (ErrorMask.mask, "error")] {
        let once = mask(text)
        #expect(
          mask(once).unicodeScalars.elementsEqual(once.unicodeScalars),
          "\(name) \(text.debugDescription)")
        #expect(CleanText.clean(once).unicodeScalars.elementsEqual(once.unicodeScalars))
        if name == "text" {
          #expect(once.unicodeScalars.count <= CleanText.clean(text).unicodeScalars.count)
        }
      }
    }
  }

  @Test func `a text longer than the limit is masked by its beginning`() {
    let start = String(repeating: "word 1234 ", count: 6554)
    #expect(TextMask.mask(start + "x") == TextMask.mask(start + "y"))
    #expect(TextMask.mask(start).unicodeScalars.count <= CleanText.limit)
  }
}

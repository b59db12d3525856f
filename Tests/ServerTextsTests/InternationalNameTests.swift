import ServerTexts
import Testing

/// Host names in both their forms.
struct InternationalNameTests {
  /// Section 7.1, by code points.
  static let samples: [(String, String)] = [
    ("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"),
    ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
    ("ihqwctvzc91f659drss3x8bo0yb", "他們爲什麽不說中文"),
    ("Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"),
    ("4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"),
    (
      "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd",
      "\u{92F}\u{939}\u{932}\u{94B}\u{917}\u{939}\u{93F}\u{928}\u{94D}\u{926}\u{940}\u{915}\u{94D}\u{92F}\u{94B}\u{902}\u{928}\u{939}\u{940}\u{902}\u{92C}\u{94B}\u{932}\u{938}\u{915}\u{924}\u{947}\u{939}\u{948}\u{902}"
    ),
    ("n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", "なぜみんな日本語を話してくれないのか"),
    ("b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"),
    ("PorqunopuedensimplementehablarenEspaol-fmd56a", "PorquénopuedensimplementehablarenEspañol"),
    ("TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g", "TạisaohọkhôngthểchỉnóitiếngViệt"),
    ("3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"),
    ("-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n", "安室奈美恵-with-SUPER-MONKEYS"),
    ("Hello-Another-Way--fc4qua05auwb3674vfr0b", "Hello-Another-Way-それぞれの場所"),
    ("2-u9tlzr9756bt3uc0v", "ひとつ屋根の下2"),
    ("MajiKoi5-783gue6qz075azm5e", "MajiでKoiする5秒前"),
    ("de-jg4avhby1noc0d", "パフィーdeルンバ"),
    ("d9juau41awczczp", "そのスピードで"),
    ("-> $1.00 <--", "-> $1.00 <-"),
  ]

  @Test(arguments: samples)
  func `the samples of the RFC are decoded, and encoded where they are names`(
    encoded: String, decoded: String
  ) {
    let label = "xn--" + encoded.lowercased()
    let name = InternationalName(label + ".example")
    if let shown = name?.unicode { #expect(shown == decoded.lowercased() + ".example") }
    let isASCII = decoded.utf8.allSatisfy { $0 < 0x80 }
    #expect((name?.unicode != nil) == !isASCII && (name == nil) == encoded.contains(" "))
    // IDNA has no label with a question mark, and none over 63 characters.
    if !isASCII, !decoded.contains("؟") {
      #expect(InternationalName(decoded + ".example")?.ascii == label + ".example")
    }
  }

  @Test(arguments: ["99999999", "zzzzzzzzzzzzzzzzzzzz", "a_b", "0", "-"])
  func `a label that encodes nothing is wrong`(text: String) {
    let name = InternationalName("xn--\(text).example")
    #expect(name?.unicode == nil && name?.wrongLabels == ["xn--" + text])
  }

  @Test(arguments: ["💩", "a\u{200D}ü", "ab--ü", "ü-", String(repeating: "ü", count: 80), "ü\u{0}"])
  func `what IDNA has no label for is no name in Unicode; its label can be read all the same`(
    label: String
  ) {
    #expect(InternationalName(label + ".example") == nil)
    #expect(InternationalName("xn--ls8h.example")?.unicode == "💩.example")
  }

  @Test func `a label in Unicode is mapped as UTS 46 says, and shown as it was written`() {
    #expect(InternationalName("\u{FF45}lectrum.example")?.ascii == "electrum.example")
    #expect(
      InternationalName("\u{FF45}lectrum.example")?.unicode == "\u{FF45}lectrum.example")
    #expect(InternationalName("Straße.example")?.ascii == "xn--strae-oqa.example")
  }

  @Test func `a name has an ASCII form that is compared, and a Unicode form for people`() throws {
    let name = try #require(InternationalName("Bücher.Example."))
    #expect(name.ascii == "xn--bcher-kva.example")
    #expect(name.unicode == "bücher.example")
    #expect(InternationalName("XN--BCHER-KVA.example")?.unicode == "bücher.example")
    #expect(InternationalName("plain.example")?.unicode == nil)
    // `xn--` of plain ASCII, of nothing, of a character that is not shown.
    for label in ["xn--abc-", "xn--", "xn--a-ugn", "xn--99999999"] {
      let wrong = try #require(InternationalName(label + ".example"))
      #expect(wrong.unicode == nil)
      #expect(wrong.wrongLabels == [label.lowercased()], "\(label)")
    }
    for text in ["", ".", "a..b", "a b.example", "-a.example", String(repeating: "a", count: 64)] {
      #expect(InternationalName(text) == nil, "\(text)")
    }
  }
}

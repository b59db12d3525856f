import ElectrumProtocol
import Testing

struct WireDocumentTests {
  private func parse(_ text: String) throws -> WireDocument {
    try WireDocument(parsing: Array(text.utf8))
  }

  @Test func `numbers keep their text and objects their order and duplicates`() throws {
    let value = try parse(#"{"b":1e-06,"a":[true,null,-0.50],"b":"x"}"#).value
    #expect(
      value
        == .object([
          WireMember("b", .number("1e-06")),
          WireMember("a", .array([.bool(true), .null, .number("-0.50")])),
          WireMember("b", .string("x")),
        ]))
    #expect(value["b"]?.text == "x")
  }

  @Test func `escapes and surrogate pairs become characters`() throws {
    let value = try parse(#""\u00e9\n\/\\\"\ud83d\ude80\b""#).value
    #expect(value.text == "é\n/\\\"🚀\u{8}")
  }

  @Test func `canonically equivalent texts stay distinct`() {
    #expect(WireValue.string("\u{E9}") != .string("e\u{301}"))
  }

  @Test(arguments: [
    ("", WireDefect.Kind.empty, 0), ("  \n", .empty, 2), ("{", .unexpectedEnd, 1),
    ("{\"a\" 1}", .unexpectedByte, 5), ("[1,]", .unexpectedByte, 3), ("hello", .unexpectedByte, 0),
    ("[01.]", .badNumber, 4), ("-", .unexpectedEnd, 1), ("\"\\x\"", .badEscape, 1),
    ("\"abc", .unexpectedEnd, 4), ("{}{}", .trailingBytes, 2), ("tru", .unexpectedEnd, 3),
    ("\"\\u12g4\"", .badEscape, 1), ("{'a':1}", .unexpectedByte, 1), ("1e", .badNumber, 2),
  ]) func `a defect has its byte offset`(text: String, kind: WireDefect.Kind, offset: Int) {
    #expect(throws: WireDefect(kind, offset: offset)) { try parse(text) }
  }

  @Test func `what can be read is repaired and noted`() throws {
    let lone = try parse(#"["\ud800x",NaN,-Infinity,007]"#)
    #expect(
      lone.value
        == .array([
          .string("\u{FFFD}x"), .number("NaN"), .number("-Infinity"), .number("007"),
        ]))
    #expect(lone.repairs.map(\.kind) == [.loneSurrogate, .notFinite, .leadingZero])
    let bad = try WireDocument(parsing: [0x22, 0xFF, 0x09, 0x22])
    #expect(bad.value.text == "\u{FFFD}\t")
    #expect(
      bad.repairs == [
        WireDefect(.controlCharacter, offset: 2), WireDefect(.invalidUTF8, offset: 1),
      ])
  }

  @Test func `depth values and bytes are bounded`() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 5000)
    #expect(throws: WireDefect(.tooDeep, offset: 64)) { try WireDocument(parsing: deep) }
    let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try parse(nested) }
    #expect(throws: WireDefect(.tooManyValues, offset: 5)) {
      try WireDocument(parsing: Array("[1,2,3]".utf8), limits: .init(values: 3))
    }
    #expect(throws: WireDefect(.tooLong, offset: 2)) {
      try WireDocument(parsing: Array("[1]".utf8), limits: .init(bytes: 2))
    }
  }

  @Test func `shape separates the styles of implementations`() throws {
    let electrumX = try parse("{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":1   }\n").shape
    #expect(electrumX.topKeys == ["jsonrpc", "result", "id"])
    #expect(electrumX.separators == .compact)
    #expect(electrumX.paddingSpaces == 3)
    #expect(electrumX.lineEnd == .lineFeed)
    let old = try parse("{\"jsonrpc\": \"2.0\", \"result\": null, \"id\": 1}\n").shape
    #expect(old.separators == .spaced)
    #expect(old.paddingSpaces == 0)
    let fulcrum = try parse("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{\"x\":[]}}\r\n").shape
    #expect(fulcrum.topKeys == ["id", "jsonrpc", "result"])
    #expect(fulcrum.lineEnd == .carriageReturnLineFeed)
    let batch = try parse("[{\"id\":1,\"a\":2}, {\"id\":2}]").shape
    #expect(batch.topKeys == ["id", "a"])
    #expect(batch.separators == .mixed)
    #expect(batch.lineEnd == .absent)
    #expect(try parse("5").shape.separators == .absent)
  }

  @Test func `what was written is read back`() throws {
    let value = WireValue.object([
      WireMember("text", .string("é\u{1}\"\\ 🚀\n")), WireMember("n", .number("1.5e3")),
      WireMember("list", .array([.bool(false), .null, .object([])])),
    ])
    for style in [
      WireStyle.compact, WireStyle(spaced: true), WireStyle(escapesNonASCII: true),
      WireStyle(spaced: true, escapesNonASCII: true),
    ] {
      let document = try WireDocument(parsing: value.encoded(style))
      #expect(document.value == value)
      #expect(document.shape.separators == (style.spaced ? .spaced : .compact))
    }
    let ascii = String(
      decoding: WireValue.string("é🚀").encoded(WireStyle(escapesNonASCII: true)), as: UTF8.self)
    #expect(ascii == #""\u00e9\ud83d\ude80""#)
  }
}

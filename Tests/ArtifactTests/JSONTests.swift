import Artifact
import TestSupport
import Testing

/// JSON values.
struct JSONTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  @Test func `the canonical form sorts keys by code point and writes shortest numbers`() throws {
    let value = try parse(" {\"b\" : [1.0, 1e2, 0.1, -3, true, null],\n\"a\":\"\\u00e9\\/\\n\"} ")
    #expect(value.canonicalText == #"{"a":"é/\n","b":[1.0,100.0,0.1,-3,true,null]}"#)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "nul", "\"a", "\"\u{1}\"", "[1] 2",
    "\"\\ud800\"", "\"\\x\"", "1e400", "NaN", "{\"a\":1,\"a\":2}", "'a'", "{a:1}", "\u{feff}1",
  ]) func `what RFC 8259 forbids is refused`(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func `nesting is limited, so that hostile input does not exhaust the stack`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try parse(deep) }
    #expect(throws: Never.self) {
      try parse(String(repeating: "[", count: 60) + String(repeating: "]", count: 60))
    }
  }

  @Test func `keys that only look alike stay apart`() throws {
    let value = try parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
    #expect(value["\u{e9}"] == .integer(1))
    #expect(value["e\u{301}"] == .integer(2))
  }

  @Test func `an error names line, column, what was found and what was expected`() {
    do throws(JSONError) {
      _ = try parse("{\n  \"a\": x\n}")
      Issue.record("accepted")
    } catch {
      #expect(error.line == 2 && error.column == 8)
      #expect(error.place == "line 2, column 8" && error.expected == "a value")
    }
  }
}

import Artifact
import TestSupport
import Testing

/// Rows survive writing and reading.
struct RoundTripTests {
  static let awkward = [
    "", "plain", "comma, quote \" and ; semicolon", "=HYPERLINK(\"http://x\")", "+1", "-1", "@a",
    "back\\slash \\u0041", "line\nfeed\r\ttab", "\u{1b}[31mred", "\u{202e}evil", "\u{feff}bom",
    "e\u{301} é", "日本語 🚀", "\u{e0041}tag", "a;b", "null", "nul\u{0}byte",
  ]

  @Test(arguments: awkward) func `a CSV row comes back as it was, whatever the text`(text: String)
    throws
  {
    let folder = try TemporaryFolder()
    let row = Fruit(
      colours: text.isEmpty ? [] : [text, "x"], count: -3, fresh: false, name: "n" + text,
      note: text.isEmpty ? nil : text, weight: 1.5)
    try write([row], in: folder.path)
    #expect(try ArtifactReader<Fruit>(folder: folder.path).all() == [row])
  }

  @Test(arguments: awkward) func `a JSONL row comes back as it was, whatever the text`(text: String)
    throws
  {
    let folder = try TemporaryFolder()
    let fruit = Fruit(colours: [text], name: text, note: text, weight: -0.25)
    let row = Basket(fruits: [fruit, Fruit(name: "pear")], name: text, owner: fruit)
    try write([row, Basket(fruits: [], name: text + "z", owner: nil)], in: folder.path)
    #expect(try ArtifactReader<Basket>(folder: folder.path).all().first == row)
  }

  @Test func `unknown is an empty cell and null, and stays unknown`() throws {
    #expect(RowEncoder.text(of: Fruit(name: "a")) == ",,,a,,\n")
    let basket = Basket(fruits: [], name: "b", owner: nil)
    #expect(RowEncoder.text(of: basket) == #"{"fruits":[],"name":"b","owner":null}"# + "\n")
  }

  @Test func `a formula, a control character and a bidirectional override reach no cell as such`() {
    let row = Fruit(name: "=1+1", note: "\u{1b}[2J\u{202e}\r\n")
    #expect(RowEncoder.text(of: row) == ",,,\\=1+1,\\u001b[2J\\u202e\\u000d\\u000a,\n")
    let european = Fruit(name: "a;b-c", note: "x;=1+1;@y")
    #expect(RowEncoder.text(of: european) == ",,,a;b-c,x;\\=1+1;\\@y,\n")
    #expect(EscapedText.unescape("x;\\=1+1;\\@y") == "x;=1+1;@y")
  }

  @Test func `numbers are rounded to the stated digits and written in shortest form`() {
    let row = Fruit(name: "a", weight: 0.1 + 0.2)
    #expect(RowEncoder.text(of: row) == ",,,a,,0.3\n")
    #expect(RowEncoder.text(of: Fruit(name: "a", weight: 1_234_567.8)) == ",,,a,,1234570.0\n")
    #expect(RowEncoder.text(of: Fruit(name: "a", weight: .nan)) == ",,,a,,\n")
    #expect(RowEncoder.text(of: Fruit(name: "a", weight: -0.0)) == ",,,a,,0.0\n")
  }

  @Test func `integers reach both ends of their range`() throws {
    let folder = try TemporaryFolder()
    let rows = [Fruit(count: .max, name: "a"), Fruit(count: .min + 1, name: "b")]
    try write(rows, in: folder.path)
    #expect(try ArtifactReader<Fruit>(folder: folder.path).all() == rows)
  }

  @Test func `rows longer than the reader's chunks come back whole`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<5).map {
      Fruit(name: "n\($0)", note: String(repeating: "ab\"\\é", count: 200_000))
    }
    try write(rows, in: folder.path)
    #expect(try ArtifactReader<Fruit>(folder: folder.path).all() == rows)
  }
}

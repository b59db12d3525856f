import Artifact
import Digests
import Foundation
import TestSupport
import Testing

/// Cells of the bounded form.
struct BoundedCellTests {
  private static let limit = 32_767

  /// The table as text, and how many cells it says were cut.
  private func table(_ rows: [Fruit]) throws -> (text: String, cut: Int) {
    let folder = try TemporaryFolder()
    let writer = try ArtifactWriter<Fruit>(folder: folder.path, form: .bounded)
    try writer.append(contentsOf: rows)
    try writer.finish().commit(.test)
    let source = try ByteSource(path: folder.file(Fruit.schema.fileName))
    var bytes: [UInt8] = []
    while let chunk = try source.next() { bytes += chunk }
    return (String(decoding: bytes, as: UTF8.self), writer.cutCells)
  }

  private func cell(_ row: Fruit) throws -> (short: String, long: LongCell) {
    var reader = LongCellReader<Fruit>()
    let long = try #require(reader.longCells(of: row)?.cells.first)
    let line = try #require(try table([row]).text.split(separator: "\n").last)
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    return (String(cells[long.column == "note" ? 4 : 0]), long)
  }

  @Test func `a cell as long as a spreadsheet's stays whole, and one more character is cut`() throws
  {
    let whole = String(repeating: "x", count: Self.limit)
    let fits = try table([Fruit(name: "a", note: whole)])
    #expect(fits.cut == 0 && fits.text.hasSuffix("\n,,,a,\(whole),\n"))
    let (short, long) = try cell(Fruit(name: "a", note: whole + "y"))
    #expect(short.utf16.count == Self.limit)
    #expect(long.value == whole + "y" && long.characters == Self.limit + 1)
    #expect(long.sha256 == SHA256.hex((whole + "y").utf8))
    let kept = short.prefix { $0 == "x" }
    #expect(
      short.dropFirst(kept.count)
        == "\\[cut to \(kept.count) of \(Self.limit + 1) characters: sha256 \(long.sha256)]")
  }

  @Test func `characters outside the basic plane count twice, as spreadsheets count them`() throws {
    let fits = String(repeating: "🚀", count: Self.limit / 2)
    #expect(try table([Fruit(name: "a", note: fits)]).cut == 0)
    #expect(try table([Fruit(name: "a", note: fits + "xx")]).cut == 1)
  }

  @Test(arguments: 0..<12) func `no cut parts an escape or a character`(shift: Int) throws {
    let piece = "\u{1b}\\=é🚀\u{e0041};+"
    let text = String(repeating: "x", count: shift) + String(repeating: piece, count: 9_000)
    let (short, long) = try cell(Fruit(name: "a", note: text))
    let kept = try #require(short.range(of: "\\[cut to ")).lowerBound
    #expect(short.utf16.count <= Self.limit && short.utf16.count > Self.limit - 12)
    let isKept = long.value.unicodeScalars.starts(with: short[..<kept].unicodeScalars)
    #expect(isKept)
    let restored = try #require(EscapedText.unescape(String(short[..<kept])))
    let isPrefix = text.unicodeScalars.starts(with: restored.unicodeScalars)
    #expect(isPrefix)
    let isWhole = EscapedText.unescape(long.value) == text
    #expect(isWhole)
  }

  @Test func `a list keeps whole items, and the mark is one more`() throws {
    let items = (0..<4_000).map { "item-\($0)-of-a-list" }
    let (short, long) = try cell(Fruit(colours: items, name: "a"))
    let cells = short.split(separator: ";").map(String.init)
    #expect(cells.dropLast().elementsEqual(items.prefix(cells.count - 1)))
    #expect(
      cells.last
        == "\\[cut to \(cells.count - 1) of 4000 items (\(long.characters) characters): sha256 \(long.sha256)]"
    )
    #expect(short.utf16.count <= Self.limit && short.utf16.count > Self.limit - 25)
    #expect(long.column == "colours" && long.value == items.joined(separator: ";"))
  }

  @Test func `of a list whose first item is too long nothing but the mark is left`() throws {
    let (short, _) = try cell(
      Fruit(colours: [String(repeating: "x", count: 40_000), "y"], name: "a"))
    #expect(short.hasPrefix("\\[cut to 0 of 2 items (40002 characters): sha256 "))
  }

  @Test func `no text gives a mark`() throws {
    let text = try table([Fruit(colours: ["\\[cut to 0"], name: "a", note: "\\[cut to 0")]).text
    #expect(text.hasSuffix("\n\\\\[cut to 0,,,a,\\\\[cut to 0,\n"))
  }

  @Test func `the key of a long cell's row is what the table shows`() throws {
    let note = String(repeating: "x", count: 40_000)
    var reader = LongCellReader<Fruit>()
    #expect(reader.longCells(of: Fruit(name: "a")) == nil)
    let name = "=a \"quoted\", name"
    #expect(reader.longCells(of: Fruit(name: name, note: note))?.key == ["\\" + name])
    #expect(reader.longCells(of: Fruit(name: "b")) == nil)
  }

  @Test func `the header of the bounded form stands in quotes, and the reader takes it`() throws {
    let folder = try TemporaryFolder()
    let rows = [Fruit(name: "a"), Fruit(name: "b")]
    let writer = try ArtifactWriter<Fruit>(folder: folder.path, form: .bounded)
    try writer.append(contentsOf: rows)
    try writer.finish().commit(.test)
    #expect(try ArtifactReader<Fruit>(folder: folder.path).all() == rows)
    #expect(try table(rows).text.hasPrefix("\"colours\",\"count\",\"fresh\","))
  }

  @Test func `a JSONL table is the same in both forms`() {
    let basket = Basket(fruits: [], name: String(repeating: "x", count: 40_000), owner: nil)
    var reader = LongCellReader<Basket>()
    #expect(reader.longCells(of: basket) == nil)
  }
}

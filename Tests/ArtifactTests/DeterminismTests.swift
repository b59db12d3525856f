import Artifact
import Foundation
import TestSupport
import Testing

/// Bytes depend on the content alone.
struct DeterminismTests {
  private static let rows = (0..<60_000).map {
    Fruit(count: $0, name: String(format: "n%08d", $0), note: "some note \($0 &* 7919)")
  }

  @Test func `the compressed bytes are the same for any number of threads`() throws {
    let one = try TemporaryFolder()
    let many = try TemporaryFolder()
    let first = try write(Self.rows, in: one.path, threads: 1)
    let second = try write(Self.rows, in: many.path, threads: 5)
    #expect(first == second)
    #expect(first.content.contentBytes > 1 << 20, "more than one member")
    let files = [one, many].map { FileManager.default.contents(atPath: $0.file("fruits.csv.gz")) }
    #expect(files[0] != nil && files[0] == files[1])
  }

  @Test func `the gzip header holds no time, name or system`() throws {
    let folder = try TemporaryFolder()
    try write([Fruit(name: "a")], in: folder.path)
    let bytes = FileManager.default.contents(atPath: folder.file("fruits.csv.gz"))
    #expect(bytes.map { Array($0.prefix(10)) } == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
  }

  @Test func `an artifact without rows is a valid gzip file`() throws {
    let folder = try TemporaryFolder()
    let manifest = try write([Basket](), in: folder.path)
    #expect(manifest.content.rows == 0)
    #expect(try ArtifactReader<Basket>(folder: folder.path).all().isEmpty)
  }

  @Test func `a manifest reads back equal and in canonical order`() throws {
    let folder = try TemporaryFolder()
    let manifest = try write([Fruit(name: "a")], in: folder.path)
    #expect(try Manifest(path: folder.file("fruits.manifest.json")) == manifest)
  }

  @Test func `keys order texts by code point and integers by value`() {
    func key(_ text: String, _ number: Int) -> SortKey {
      var key = SortKey.of(text)
      key.append(number)
      return key
    }
    let keys = [
      key("", 0), key("a", -2), key("a", 1), key("a", 10), key("a\u{0}", 0), key("ab", 0),
      key("é", 0), key("\u{ffff}", 0), key("🚀", 0),
    ]
    #expect(keys == keys.shuffled().sorted())
  }
}

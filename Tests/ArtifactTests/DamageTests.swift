import Artifact
import Foundation
import TestSupport
import Testing

/// A damaged artifact is an error that says what, where and what to do.
struct DamageTests {
  private let folder: TemporaryFolder
  private var file: String { folder.file("fruits.csv.gz") }

  init() throws {
    folder = try TemporaryFolder()
    try write([Fruit(name: "a"), Fruit(name: "b")], in: folder.path)
  }

  private func damage(_ change: (inout Data) -> Void) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    change(&bytes)
    try bytes.write(to: URL(fileURLWithPath: file))
  }

  @Test func `intact artifacts read without an error`() {
    #expect(readError(Fruit.self, in: folder.path) == nil)
  }

  @Test func `missing file and missing manifest are told apart`() throws {
    #expect(readError(Basket.self, in: folder.path)?.code == .missing)
    try FileManager.default.removeItem(atPath: folder.file("fruits.manifest.json"))
    #expect(readError(Fruit.self, in: folder.path)?.code == .manifestMissing)
  }

  @Test func `an empty file, another format and a cut file have codes of their own`() throws {
    try damage { $0 = Data() }
    #expect(readError(Fruit.self, in: folder.path)?.code == .empty)
    try damage { $0 = Data("colours,count\n".utf8) }
    #expect(readError(Fruit.self, in: folder.path)?.code == .notGzip)
    try write([Fruit(name: "a")], in: folder.path)
    try damage { $0.removeLast(5) }
    #expect(readError(Fruit.self, in: folder.path)?.code == .truncated)
  }

  @Test func `no flipped bit goes unnoticed`() throws {
    let intact = try Data(contentsOf: URL(fileURLWithPath: file))
    for index in intact.indices {
      // Bytes 3 to 9 of a header are flags, time, level and system: not part of the content.
      if (3..<10).contains(index) { continue }
      try damage {
        $0 = intact
        $0[index] ^= 1 << UInt8(index % 8)
      }
      let error = readError(Fruit.self, in: folder.path)
      #expect(error != nil, "byte \(index)")
      #expect(error?.file == file, "byte \(index)")
    }
  }

  @Test func `rows out of order and repeated rows are refused by writer and reader`() throws {
    for names in [["b", "a"], ["a", "a"]] {
      let writer = try ArtifactWriter<Fruit>(folder: folder.path)
      try writer.append(Fruit(name: names[0]))
      #expect(throws: ArtifactError(.wrongOrder, expected: "", found: "")) {
        try writer.append(Fruit(name: names[1]))
      }
    }
    try replaceContent("colours,count,fresh,name,note,weight\n,,,b,,\n,,,a,,\n")
    let error = readError(Fruit.self, in: folder.path)
    #expect(error?.code == .wrongOrder)
    #expect(error?.row == 2)
  }

  @Test func `a wrong header, a wrong type and a missing line end name their place`() throws {
    try replaceContent("colours,count,fresh,name,note\n")
    #expect(readError(Fruit.self, in: folder.path)?.code == .wrongSchema)
    try replaceContent("colours,count,fresh,name,note,weight\n,1,,a,,\n,x,,b,,\n")
    let error = readError(Fruit.self, in: folder.path)
    #expect(error?.code == .malformedRow)
    #expect(error?.row == 2)
    #expect(error?.column == "count")
    #expect(error?.description.contains("row 2, column count: expected an integer") == true)
    try replaceContent("colours,count,fresh,name,note,weight\n,1,,a,,")
    #expect(readError(Fruit.self, in: folder.path)?.code == .truncated)
  }

  @Test(arguments: ["01", "-0", "1.0", "1e3", " 1"])
  func `numbers not in canonical form are refused`(text: String) throws {
    try replaceContent("colours,count,fresh,name,note,weight\n,\(text),,a,,\n")
    #expect(readError(Fruit.self, in: folder.path)?.code == .malformedRow)
  }

  @Test func `a manifest of another schema or of another content is refused`() throws {
    try replaceContent("colours,count,fresh,name,note,weight\n,,,a,,\n")
    let error = readError(Fruit.self, in: folder.path)
    #expect(error?.code == .manifestMismatch)
    let path = folder.file("fruits.manifest.json")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: "fruits.v1", with: "fruits.v2")
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(readError(Fruit.self, in: folder.path)?.code == .wrongSchema)
    try "{\"manifest\":".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(readError(Fruit.self, in: folder.path)?.code == .manifestMalformed)
  }

  @Test func `a writer that is dropped leaves nothing behind`() throws {
    let other = try TemporaryFolder()
    do {
      let writer = try ArtifactWriter<Fruit>(folder: other.path)
      try writer.append(Fruit(name: "a"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).isEmpty)
  }

  /// Puts other content under the same manifest.
  private func replaceContent(_ text: String) throws {
    let plain = folder.file("plain")
    try text.write(toFile: plain, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -nc '\(plain)' > '\(file)'"]
    try process.run()
    process.waitUntilExit()
  }
}

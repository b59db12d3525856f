import Artifact
import TestSupport
import Testing

/// Rows that are handed on in their bytes.
struct HandingOnTests {
  private static let rows = [
    Fruit(name: "a", note: "x,\"y\""), Fruit(count: 3, name: "b", note: "=1+1"),
    Fruit(name: "c", note: String(repeating: "z", count: 40_000)), Fruit(name: "d"),
  ]

  private func artifact(_ rows: [Fruit], form: TableForm = .exact) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let writer = try ArtifactWriter<Fruit>(folder: folder.path, form: form)
    try writer.append(contentsOf: rows)
    try writer.finish().commit(.test)
    return folder
  }

  private func handOn(_ source: TemporaryFolder) throws -> (
    folder: TemporaryFolder, read: Int, cut: Int
  ) {
    let reader = try ArtifactReader<Fruit>(folder: source.path)
    let folder = try TemporaryFolder()
    let writer = try ArtifactWriter<Fruit>(folder: folder.path, form: .bounded)
    var read = 0
    while true {
      let step = try reader.next(inBytesUpTo: ArtifactWriter<Fruit>.plainRowLimit) {
        line throws(ArtifactError) in
        try writer.append(behind: [], line: line)
      }
      if case .end = step { break }
      if case .row(let row) = step {
        read += 1
        try writer.append(row)
      }
    }
    try writer.finish().commit(.test)
    return (folder, read, writer.cutCells)
  }

  @Test func `they give the same bytes as rows that are read and written, long cells cut alike`()
    throws
  {
    let expected = try artifact(Self.rows, form: .bounded)
    let found = try handOn(try artifact(Self.rows))
    #expect(found.read == 1 && found.cut == 1, "only the long row is read")
    for name in [Fruit.schema.fileName, Manifest.fileName(for: Fruit.schema.fileName)] {
      #expect(
        try FileBytes.read(found.folder.file(name)) == FileBytes.read(expected.file(name)),
        "\(name)")
    }
  }

  @Test func `a changed byte is noticed though no row is read`() throws {
    let source = try artifact([Fruit(name: "a"), Fruit(name: "b")])
    let other = try artifact([Fruit(name: "a"), Fruit(name: "c")])
    let name = Fruit.schema.fileName
    try FileBytes.write(try FileBytes.read(other.file(name)), to: source.file(name))
    #expect(throws: ArtifactError.self) { try handOn(source) }
  }
}

import Artifact
import Records
import Testing

/// Rows that list their columns once.
struct ListedRowTests {
  private static let listed = RecordCatalog.all.compactMap { $0 as? any ListedRow.Type }

  @Test func `every row type of the catalogue lists its columns`() {
    #expect(Self.listed.count == RecordCatalog.all.count)
  }

  @Test(arguments: listed.indices) func `every row type comes back from both codecs as it was`(
    index: Int
  ) throws {
    try check(Self.listed[index])
  }

  private func check<Row: ListedRow>(_ type: Row.Type) throws {
    let isFlat = !Row.schema.columns.contains {
      if case .object = $0.kind { return true }
      if case .objects = $0.kind { return true }
      return false
    }
    for seed in 0..<40 as Range<UInt64> {
      let row = randomRow(type, seed: seed)
      for encoding in isFlat ? [ArtifactSchema.Encoding.csv, .jsonl] : [.jsonl] {
        let line = bytes(of: row, encoding)
        let again: Row = try decode(line, encoding)
        #expect(bytes(of: again, encoding) == line, "\(Row.schema.id), \(encoding), seed \(seed)")
        #expect(isEqual(row, again), "\(Row.schema.id), \(encoding), seed \(seed)")
      }
    }
  }

  @Test(arguments: listed.indices) func `a row's sort key orders as its key columns do`(index: Int)
  { checkKeys(Self.listed[index]) }

  private func checkKeys<Row: ListedRow>(_ type: Row.Type) {
    for seed in 0..<200 as Range<UInt64> {
      let rows = [seed * 2, seed * 2 + 1].map { randomRow(type, seed: $0) }
      let keys = rows.map { row in
        var reader = KeyColumns(wanted: Row.schema.key)
        var copy = row
        copy.columns(&reader)
        return reader.values
      }
      #expect(keys[0].count == Row.schema.key.count)
      #expect(
        (rows[0].sortKey < rows[1].sortKey) == keys[0].lexicographicallyPrecedes(keys[1]),
        "\(Row.schema.id), seed \(seed)")
    }
  }

  private func randomRow<Row: ListedRow>(_ type: Row.Type, seed: UInt64) -> Row {
    var row = Row()
    var filler = RandomColumns(seed: seed)
    row.columns(&filler)
    return row
  }

  private func bytes(of row: some ListedRow, _ encoding: ArtifactSchema.Encoding) -> [UInt8] {
    var encoder = RowEncoder(encoding)
    encoder.encode(row)
    return encoder.bytes
  }

  private func decode<Row: ListedRow>(
    _ line: [UInt8], _ encoding: ArtifactSchema.Encoding
  ) throws(ArtifactError) -> Row {
    try line.withUnsafeBufferPointer { buffer throws(ArtifactError) in
      try RowDecoder.decode(
        Row.self, encoding, from: UnsafeBufferPointer(rebasing: buffer.dropLast()))
    }
  }

  private func isEqual<Row: ListedRow>(_ a: Row, _ b: Row) -> Bool {
    func equal<Value: Equatable>(_ a: Value) -> Bool { a == b as? Value }
    return (a as? any Equatable).map { equal($0) } ?? false
  }
}

internal import Artifact
import Ordering

/// Writes the long cells of one table, row by row.
struct LongValueWriter {
  let table: String
  let writer: ArtifactWriter<LongValue>

  /// - Parameter rows: shows all rows of the table, in their order.
  @_semantics("optimize.sil.specialize.generic.never")
  func append<Row: ArtifactRow>(
    rows: (_ body: (Row) throws -> Void) throws -> Void
  ) throws {
    var reader = LongCellReader<Row>()
    var index = 0
    try rows { row in
      if let (key, cells) = reader.longCells(of: row) {
        let sorted = cells.sorted { $0.column.utf8.lexicographicallyPrecedes($1.column.utf8) }
        for cell in sorted {
          try writer.append(LongValue(table: table, row: index, key: key, cell: cell))
        }
      }
      index += 1
    }
  }
}

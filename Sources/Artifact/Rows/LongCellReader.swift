/// Tells which cells of a table's rows are too long for its bounded form.
public struct LongCellReader<Row: ArtifactRow> {
  private var encoder = RowEncoder(Row.schema.encoding, form: .bounded)
  private let keyColumns: [Int]

  public init() {
    let schema = Row.schema
    keyColumns = schema.key.compactMap { name in
      schema.columns.firstIndex { $0.name == name }
    }
  }

  /// The long cells of a row, in the order of its columns, and its key as the table shows it; nil
  /// where no cell is cut.
  public mutating func longCells(of row: Row) -> (key: [String], cells: [LongCell])? {
    encoder.removeAll()
    encoder.removeLongCells()
    encoder.encode(row)
    guard !encoder.longCells.isEmpty else { return nil }
    let cells = Self.cells(of: encoder.bytes.dropLast())
    return (keyColumns.map { cells[$0] }, encoder.longCells)
  }

  /// The cells of a CSV record, without their quotes (RFC 4180).
  private static func cells(of record: ArraySlice<UInt8>) -> [String] {
    let quote = UInt8(ascii: "\"")
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    var previous: UInt8 = 0
    for byte in record {
      if byte == quote {
        // The second of two quotes inside a quoted cell stands for one.
        if !isQuoted, previous == quote { cells[cells.count - 1].append(quote) }
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
      previous = byte
    }
    return cells.map { String(decoding: $0, as: UTF8.self) }
  }
}

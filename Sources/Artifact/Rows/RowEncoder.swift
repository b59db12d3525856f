/// Writes one row's columns after the other in schema order, as a CSV record or a canonical JSON object.
public struct RowEncoder {
  private let isCSV: Bool
  /// A cell of more bytes may be too long for the form.
  private let cellLimit: Int
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  /// The cells that were cut so far.
  private(set) var longCells: [LongCell] = []

  package init(_ encoding: ArtifactSchema.Encoding, form: TableForm = .exact) {
    isCSV = encoding == .csv
    cellLimit =
      switch form {
      case .exact: .max
      case .bounded: BoundedCell.limit
      }
    bytes.reserveCapacity(1 << 12)
  }

  /// The row as text, for tests and messages.
  public static func text(of row: some ArtifactRow) -> String {
    var encoder = RowEncoder(type(of: row).schema.encoding)
    encoder.encode(row)
    return String(decoding: encoder.bytes, as: UTF8.self)
  }

  /// Forgets the rows so far and keeps their room.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Forgets the cells that were cut so far.
  mutating func removeLongCells() { longCells.removeAll() }

  /// Appends rows that are encoded already, their line ends included.
  mutating func append(encoded lines: [UInt8]) { bytes.append(contentsOf: lines) }

  /// Appends a row that is encoded already, behind columns that are.
  mutating func append(encoded columns: [UInt8], _ line: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: columns)
    bytes.append(contentsOf: line)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends a row with its line end.
  package mutating func encode(_ row: some ArtifactRow) { encodeRow { row.encode(to: &$0) } }

  /// Appends the row whose columns `body` writes.
  mutating func encodeRow(_ body: (inout RowEncoder) -> Void) {
    needsComma = false
    if !isCSV { bytes.append(UInt8(ascii: "{")) }
    body(&self)
    if !isCSV { bytes.append(UInt8(ascii: "}")) }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Columns that rows have in common, for `append(columns:)`.
  package static func columns<Row: ArtifactRow>(
    of type: Row.Type, _ body: (inout RowEncoder) -> Void
  ) -> [UInt8] {
    var encoder = RowEncoder(Row.schema.encoding)
    body(&encoder)
    // Without the room that the encoder has.
    return Array(encoder.bytes[...])
  }

  /// Appends columns of the row that is being written.
  package mutating func append(columns: [UInt8]) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    bytes.append(contentsOf: columns)
  }

  private mutating func begin(_ name: StaticString) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    if isCSV { return }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func appendNull() {
    if !isCSV { bytes.append(contentsOf: "null".utf8) }
  }

  public mutating func text(_ name: StaticString, _ value: String?) {
    begin(name)
    guard let value else { return appendNull() }
    if isCSV {
      if appendPlain(value, inList: false) { return }
      appendCell(name, isList: false) { EscapedText.append(value, inList: false, to: &$0) }
    } else {
      JSONText.append(string: value, to: &bytes)
    }
  }

  public mutating func integer(_ name: StaticString, _ value: Int?) {
    begin(name)
    guard let value else { return appendNull() }
    JSONText.append(integer: value, to: &bytes)
  }

  /// A number that is not finite is unknown: `null` or an empty cell.
  public mutating func number(_ name: StaticString, _ value: Double?, significantDigits: Int) {
    begin(name)
    guard let value, value.isFinite else { return appendNull() }
    JSONText.append(number: value.rounded(significantDigits: significantDigits), to: &bytes)
  }

  public mutating func boolean(_ name: StaticString, _ value: Bool?) {
    begin(name)
    guard let value else { return appendNull() }
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  public mutating func texts(_ name: StaticString, _ values: [String]) {
    begin(name)
    if isCSV {
      if appendPlain(values) { return }
      appendCell(name, isList: true) { out in
        for (index, value) in values.enumerated() {
          if index > 0 { out.append(UInt8(ascii: ";")) }
          EscapedText.append(value, inList: true, to: &out)
        }
      }
    } else {
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(string: value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }

  public mutating func object(_ name: StaticString, _ body: ((inout RowEncoder) -> Void)?) {
    begin(name)
    guard let body else { return appendNull() }
    appendObject(body)
  }

  public mutating func objects<Element>(
    _ name: StaticString, _ values: [Element], _ body: (inout RowEncoder, Element) -> Void
  ) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendObject { body(&$0, value) }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func appendObject(_ body: (inout RowEncoder) -> Void) {
    precondition(!isCSV, "a CSV row has no nested objects")
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    body(&self)
    needsComma = true
    bytes.append(UInt8(ascii: "}"))
  }

  /// Appends a text that needs no escapes, no quotes and no cut, as most do; else nothing.
  private mutating func appendPlain(_ value: String, inList: Bool) -> Bool {
    var value = value
    return value.withUTF8 { text in
      guard text.count <= cellLimit, EscapedText.isPlain(text, inList: inList) else {
        return false
      }
      bytes.append(contentsOf: text)
      return true
    }
  }

  private mutating func appendPlain(_ values: [String]) -> Bool {
    let start = bytes.count
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ";")) }
      guard appendPlain(value, inList: true), bytes.count - start <= cellLimit else {
        bytes.removeSubrange(start...)
        return false
      }
    }
    return true
  }

  /// Appends a cell, cut where it is too long and quoted after RFC 4180 where it holds a quote or a
  /// comma.
  private mutating func appendCell(
    _ name: StaticString, isList: Bool, _ body: (inout [UInt8]) -> Void
  ) {
    let start = bytes.count
    body(&bytes)
    if bytes.count - start > cellLimit,
      let short = BoundedCell.shorten(bytes[start...], column: "\(name)", isList: isList)
    {
      bytes.replaceSubrange(start..., with: short.bytes)
      longCells.append(short.long)
    }
    let cell = bytes[start...]
    guard cell.contains(UInt8(ascii: ",")) || cell.contains(UInt8(ascii: "\"")) else { return }
    let plain = Array(cell)
    bytes.removeSubrange(start...)
    bytes.append(UInt8(ascii: "\""))
    for byte in plain {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

import Foundation

/// Reads one row's columns in schema order from a CSV record or a canonical JSON object.
///
/// Only the canonical form is accepted: a key out of place, white space, or a value of another type
/// is an error that names the column. The bytes are borrowed for the duration of the decoding.
public struct RowDecoder {
  let isCSV: Bool
  let base: UnsafePointer<UInt8>
  let end: Int
  var position = 0
  private var needsComma = false
  /// Room for the unescaped text of one string, kept for the row's next one.
  var scratch: [UInt8] = []

  init(_ encoding: ArtifactSchema.Encoding, _ line: UnsafeBufferPointer<UInt8>) {
    isCSV = encoding == .csv
    // An empty line has no base address; any pointer will do, since nothing is read through it.
    base = line.baseAddress ?? UnsafePointer(bitPattern: 1)!
    end = line.count
  }

  /// Decodes the one row that `line` (without its line end) holds.
  public static func decode<Row: ArtifactRow>(
    _ type: Row.Type, from line: UnsafeBufferPointer<UInt8>
  ) throws(ArtifactError) -> Row {
    try decode(type, Row.schema.encoding, from: line)
  }

  package static func decode<Row: ArtifactRow>(
    _ type: Row.Type, _ encoding: ArtifactSchema.Encoding,
    from line: UnsafeBufferPointer<UInt8>
  ) throws(ArtifactError) -> Row {
    var decoder = RowDecoder(encoding, line)
    if !decoder.isCSV { try decoder.expect(UInt8(ascii: "{"), "an object") }
    let row = try Row(from: &decoder)
    if !decoder.isCSV { try decoder.expect(UInt8(ascii: "}"), "the end of the object") }
    guard decoder.position == decoder.end else {
      throw decoder.fail(nil, "the end of the row", "further bytes")
    }
    return row
  }

  // MARK: Values

  public mutating func optionalText(_ name: StaticString) throws(ArtifactError) -> String? {
    try begin(name)
    if isCSV {
      if let end = plainCellEnd() { return end == position ? nil : plainText(upTo: end) }
      let cell = try cell(name)
      guard !cell.isEmpty else { return nil }
      guard let text = EscapedText.unescape(cell) else {
        throw fail(name, "escaped text", "a stray backslash")
      }
      return text
    }
    if try isNull() { return nil }
    return try jsonString(name)
  }

  public mutating func text(_ name: StaticString) throws(ArtifactError) -> String {
    if let value = try optionalText(name) { return value }
    if isCSV { return "" }
    throw fail(name, "text", "null")
  }

  public mutating func optionalInteger(_ name: StaticString) throws(ArtifactError) -> Int? {
    try begin(name)
    if isCSV ? atCellEnd : try isNull() { return nil }
    return try integerLiteral(name)
  }

  public mutating func integer(_ name: StaticString) throws(ArtifactError) -> Int {
    guard let value = try optionalInteger(name) else { throw fail(name, "an integer", "nothing") }
    return value
  }

  public mutating func optionalNumber(_ name: StaticString) throws(ArtifactError) -> Double? {
    try begin(name)
    if isCSV ? atCellEnd : try isNull() { return nil }
    if let value = plainNumber() { return value }
    let literal = scalarLiteral()
    guard let value = Double(literal), value.isFinite, value.description == literal else {
      throw fail(name, "a number in shortest form", literal)
    }
    return value
  }

  public mutating func number(_ name: StaticString) throws(ArtifactError) -> Double {
    guard let value = try optionalNumber(name) else { throw fail(name, "a number", "nothing") }
    return value
  }

  public mutating func optionalBoolean(_ name: StaticString) throws(ArtifactError) -> Bool? {
    try begin(name)
    if isCSV ? atCellEnd : try isNull() { return nil }
    switch scalarLiteral() {
    case "true": return true
    case "false": return false
    case let other: throw fail(name, "true or false", other)
    }
  }

  public mutating func boolean(_ name: StaticString) throws(ArtifactError) -> Bool {
    guard let value = try optionalBoolean(name) else {
      throw fail(name, "true or false", "nothing")
    }
    return value
  }

  public mutating func texts(_ name: StaticString) throws(ArtifactError) -> [String] {
    try begin(name)
    if isCSV { return try listCell(name) }
    var values: [String] = []
    try expect(UInt8(ascii: "["), "a list", name)
    if take(UInt8(ascii: "]")) { return values }
    repeat { values.append(try jsonString(name)) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "the end of the list", name)
    return values
  }

  public mutating func object<Value>(
    _ name: StaticString, _ body: (inout RowDecoder) throws(ArtifactError) -> Value
  ) throws(ArtifactError) -> Value? {
    try begin(name)
    if try isNull() { return nil }
    return try objectValue(name, body)
  }

  public mutating func objects<Value>(
    _ name: StaticString, _ body: (inout RowDecoder) throws(ArtifactError) -> Value
  ) throws(ArtifactError) -> [Value] {
    try begin(name)
    var values: [Value] = []
    try expect(UInt8(ascii: "["), "a list", name)
    if take(UInt8(ascii: "]")) { return values }
    repeat { values.append(try objectValue(name, body)) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "the end of the list", name)
    return values
  }

  private mutating func objectValue<Value>(
    _ name: StaticString, _ body: (inout RowDecoder) throws(ArtifactError) -> Value
  ) throws(ArtifactError) -> Value {
    try expect(UInt8(ascii: "{"), "an object", name)
    needsComma = false
    let value = try body(&self)
    needsComma = true
    try expect(UInt8(ascii: "}"), "the end of the object", name)
    return value
  }

  // MARK: Position

  private mutating func begin(_ name: StaticString) throws(ArtifactError) {
    if needsComma { try expect(UInt8(ascii: ","), "a further column", name) }
    needsComma = true
    if isCSV { return }
    let length = name.utf8CodeUnitCount
    guard end - position >= length + 3, base[position] == UInt8(ascii: "\""),
      memcmp(base + position + 1, name.utf8Start, length) == 0,
      base[position + 1 + length] == UInt8(ascii: "\""),
      base[position + 2 + length] == UInt8(ascii: ":")
    else { throw fail(name, "the key \"\(name)\"", excerpt()) }
    position += length + 3
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, base[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func expect(
    _ byte: UInt8, _ what: String, _ name: StaticString? = nil
  ) throws(ArtifactError) {
    guard take(byte) else { throw fail(name, what, excerpt()) }
  }

  private mutating func isNull() throws(ArtifactError) -> Bool {
    guard position < end, base[position] == UInt8(ascii: "n") else { return false }
    guard end - position >= 4, memcmp(base + position, "null", 4) == 0 else {
      throw fail(nil, "a value", excerpt())
    }
    position += 4
    return true
  }

  func excerpt() -> String {
    if position >= end { return "the end of the row" }
    let bytes = UnsafeBufferPointer(start: base + position, count: min(24, end - position))
    return "\"\(EscapedText.escape(String(decoding: bytes, as: UTF8.self)))\""
  }

  func fail(_ name: StaticString?, _ expected: String, _ found: String) -> ArtifactError {
    ArtifactError(
      .malformedRow, column: name.map { "\($0)" }, expected: expected,
      found: EscapedText.escape(found))
  }

  // MARK: Literals

  /// True at an empty CSV cell.
  private var atCellEnd: Bool { position == end || base[position] == UInt8(ascii: ",") }

  private mutating func scalarLiteral() -> String {
    let start = position
    while position < end {
      switch base[position] {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        return string(from: start)
      default: position += 1
      }
    }
    return string(from: start)
  }

  private func string(from start: Int) -> String {
    String(
      decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
  }

  private mutating func integerLiteral(_ name: StaticString) throws(ArtifactError) -> Int {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    var value = 0
    var overflow = false
    let firstDigit = position
    while position < end, case let digit = base[position] &- UInt8(ascii: "0"), digit < 10 {
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooBigToo) = product.addingReportingOverflow(Int(digit))
      value = sum
      overflow = overflow || tooBig || tooBigToo
      position += 1
    }
    let digits = position - firstDigit
    let hasLeadingZero = digits > 1 && base[firstDigit] == UInt8(ascii: "0")
    guard digits > 0, !overflow, !hasLeadingZero, atScalarEnd, !(isNegative && value == 0) else {
      position = start
      throw fail(name, "an integer", excerpt())
    }
    return isNegative ? -value : value
  }

  private var atScalarEnd: Bool {
    guard position < end else { return true }
    let byte = base[position]
    return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}

import Foundation

/// Reads one row's columns in schema order from a CSV record or a canonical JSON object.
///
/// Only the canonical form is accepted: a key out of place, white space, or a value of another type
/// is an error that names the column. The bytes are borrowed for the duration of the decoding.
public struct RowDecoder {
  private let isCSV: Bool
  private let base: UnsafePointer<UInt8>
  private let end: Int
  private var position = 0
  private var needsComma = false

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
    var decoder = RowDecoder(Row.schema.encoding, line)
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

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, base[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(
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

  private func excerpt() -> String {
    if position >= end { return "the end of the row" }
    let bytes = UnsafeBufferPointer(start: base + position, count: min(24, end - position))
    return "\"\(EscapedText.escape(String(decoding: bytes, as: UTF8.self)))\""
  }

  private func fail(_ name: StaticString?, _ expected: String, _ found: String) -> ArtifactError {
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

  // MARK: JSON strings

  private mutating func jsonString(_ name: StaticString) throws(ArtifactError) -> String {
    try expect(UInt8(ascii: "\""), "text", name)
    let start = position
    var index = start
    var seen: UInt64 = 0
    // Eight bytes at a time up to the first quote or backslash.
    while index + 8 <= end {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      if Self.hasQuoteOrBackslash(word) { break }
      seen |= word
      index += 8
    }
    while index < end, base[index] != 0x22, base[index] != 0x5c {
      seen |= UInt64(base[index])
      index += 1
    }
    guard index < end else { throw fail(name, "a closing quote", "the end of the row") }
    if base[index] == 0x5c { return try escapedString(name, prefix: index - start) }
    position = index + 1
    let bytes = UnsafeBufferPointer(start: base + start, count: index - start)
    if seen & 0x8080_8080_8080_8080 == 0 { return String(decoding: bytes, as: UTF8.self) }
    return try validated(bytes, name)
  }

  /// True where any of the eight bytes is `"` or `\` (a zero byte after exclusive or; Mycroft 1987).
  private static func hasQuoteOrBackslash(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5c)
    let zero = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return zero & 0x8080_8080_8080_8080 != 0
  }

  private func validated(
    _ bytes: UnsafeBufferPointer<UInt8>, _ name: StaticString
  ) throws(ArtifactError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw fail(name, "UTF-8", "other bytes")
    }
    return text
  }

  /// The string after its opening quote, the first `prefix` bytes of which have no escape.
  private mutating func escapedString(
    _ name: StaticString, prefix: Int
  ) throws(ArtifactError) -> String {
    let start = position
    var close = start + prefix
    while close < end, base[close] != 0x22 { close += base[close] == 0x5c ? 2 : 1 }
    guard close < end else { throw fail(name, "a closing quote", "the end of the row") }
    var isValid = true
    let text = String(unsafeUninitializedCapacity: close - start) { out in
      guard let written = unescape(prefix: prefix, close: close, into: out) else {
        isValid = false
        return 0
      }
      let bytes = UnsafeBufferPointer(rebasing: out[..<written.count])
      if !written.isASCII, String(validating: bytes, as: UTF8.self) == nil {
        isValid = false
        return 0
      }
      return written.count
    }
    guard isValid else { throw fail(name, "canonical escapes and UTF-8", excerpt()) }
    position = close + 1
    return text
  }

  /// Unescapes from `position` to `close`; nil, with `position` at the place, where an escape is not
  /// canonical.
  private mutating func unescape(
    prefix: Int, close: Int, into out: UnsafeMutableBufferPointer<UInt8>
  ) -> (count: Int, isASCII: Bool)? {
    guard let target = out.baseAddress else { return (0, true) }
    memcpy(target, base + position, prefix)
    var seen: UInt8 = 0
    for index in 0..<prefix { seen |= target[index] }
    var written = prefix
    position += prefix
    while position < close {
      let byte = base[position]
      if byte == 0x5c {
        guard let unescaped = unescaped(close) else { return nil }
        target[written] = unescaped
      } else {
        seen |= byte
        target[written] = byte
        position += 1
      }
      written += 1
    }
    return (written, seen < 0x80)
  }

  /// The byte that the escape at `position` stands for; nil when the escape is not canonical.
  private mutating func unescaped(_ close: Int) -> UInt8? {
    let letter = base[position + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      position += 2
      return letter
    case UInt8(ascii: "n"): return unescaped(as: 0x0a)
    case UInt8(ascii: "r"): return unescaped(as: 0x0d)
    case UInt8(ascii: "t"): return unescaped(as: 0x09)
    case UInt8(ascii: "b"): return unescaped(as: 0x08)
    case UInt8(ascii: "f"): return unescaped(as: 0x0c)
    case UInt8(ascii: "u"):
      let digits = UnsafeBufferPointer(start: base + position + 2, count: 4)
      guard close - position >= 6, digits[0] == UInt8(ascii: "0"), digits[1] == UInt8(ascii: "0"),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), value < 0x20
      else { return nil }
      position += 6
      return value
    default: return nil
    }
  }

  private mutating func unescaped(as byte: UInt8) -> UInt8 {
    position += 2
    return byte
  }

  // MARK: CSV cells

  private mutating func cell(_ name: StaticString) throws(ArtifactError) -> String {
    guard position < end, base[position] == UInt8(ascii: "\"") else {
      let start = position
      while position < end, base[position] != UInt8(ascii: ",") { position += 1 }
      return try validated(
        UnsafeBufferPointer(start: base + start, count: position - start), name)
    }
    position += 1
    var bytes: [UInt8] = []
    while position < end {
      let byte = base[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < end, base[position] == byte else {
          return try bytes.withUnsafeBufferPointer { buffer throws(ArtifactError) in
            try validated(buffer, name)
          }
        }
        position += 1
      }
      bytes.append(byte)
    }
    throw fail(name, "a closing quote", "the end of the row")
  }

  private mutating func listCell(_ name: StaticString) throws(ArtifactError) -> [String] {
    let cell = try cell(name)
    guard !cell.isEmpty else { return [] }
    var values: [String] = []
    for part in cell.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard let text = EscapedText.unescape(String(Substring(part))) else {
        throw fail(name, "escaped text", "a stray backslash")
      }
      values.append(text)
    }
    return values
  }
}

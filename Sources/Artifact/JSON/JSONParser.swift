/// Why a JSON text (RFC 8259) was refused.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// 1-based.
  public let line: Int
  /// 1-based, in bytes.
  public let column: Int
  public let expected: String
  public let found: String

  public var description: String {
    "\(found) at line \(line), column \(column), where \(expected) was expected"
  }
}

extension JSONValue {
  /// Parses one JSON text. Strict: UTF-8, no duplicate keys, no trailing bytes, at most 64 levels.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }
}

private struct JSONParser {
  private static let depthLimit = 64

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    if position < bytes.count { throw fail("the end") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw fail("a value") }
    guard depth < Self.depthLimit else { throw fail("at most \(Self.depthLimit) levels") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    var members: [(String, JSONValue)] = []
    var seen: Set<[UInt8]> = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw fail("a key")
      }
      let start = position
      let key = try string()
      guard seen.insert(Array(key.utf8)).inserted else {
        position = start
        throw fail("a key that was not there before")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fail("a colon") }
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fail("a comma or }") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    var items: [JSONValue] = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      items.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fail("a comma or ]") }
    return .array(items)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw fail("a value") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let firstDigit = position
    skipDigits()
    let digits = position - firstDigit
    guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      position = start
      throw fail("a value")
    }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      try digitsRequired()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digitsRequired()
    }
    let literal = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(literal) { return .integer(value) }
    guard let value = Double(literal), value.isFinite else {
      position = start
      throw fail("a number within the range of a double")
    }
    return .number(value)
  }

  private mutating func digitsRequired() throws(JSONError) {
    let start = position
    skipDigits()
    if position == start { throw fail("a digit") }
  }

  private mutating func skipDigits() {
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var out: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 { throw fail("an escaped control character") }
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: out, as: UTF8.self) else {
          position = start
          throw fail("UTF-8")
        }
        return text
      }
      if byte == UInt8(ascii: "\\") { try escape(into: &out) } else { out.append(byte) }
    }
    throw fail("a closing quote")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw fail("an escape") }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0c)
    case UInt8(ascii: "n"): out.append(0x0a)
    case UInt8(ascii: "r"): out.append(0x0d)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(into: &out)
    default:
      position -= 1
      throw fail("an escape")
    }
  }

  private mutating func unicodeEscape(into out: inout [UInt8]) throws(JSONError) {
    var value = try fourHexDigits()
    if (0xd800..<0xdc00).contains(value), take(UInt8(ascii: "\\")) {
      guard take(UInt8(ascii: "u")) else { throw fail("a low surrogate") }
      let low = try fourHexDigits()
      guard (0xdc00..<0xe000).contains(low) else { throw fail("a low surrogate") }
      value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      throw fail("a paired surrogate")
    }
    out.append(contentsOf: encoded)
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fail("four hexadecimal digits") }
    position += 4
    return value
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private func fail(_ expected: String) -> JSONError {
    let before = bytes[..<min(position, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let found =
      position < bytes.count
      ? "\"\(EscapedText.escape(String(decoding: bytes[position...].prefix(16), as: UTF8.self)))\""
      : "the end"
    return JSONError(
      line: before.count { $0 == 0x0a } + 1, column: position - lineStart + 1,
      expected: expected, found: found)
  }
}

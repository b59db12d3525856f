/// Why a JSON text (RFC 8259) was refused. Who read it from a file adds the file's path.
public struct JSONError: ReportedError {
  public enum Code: String, Sendable {
    case malformed = "json.malformed"
  }

  /// 1-based.
  public let line: Int
  /// 1-based, in bytes.
  public let column: Int
  public let expected: String
  public let found: String

  public var code: Code { .malformed }
  public var place: String { "line \(line), column \(column)" }
  public var remedy: String { "correct the JSON" }
  public var exitCode: Int32 { 65 }
}

extension JSONValue {
  /// Parses one JSON text. Strict: UTF-8, no byte order mark, no duplicate keys, no trailing bytes, at
  /// most 64 levels.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }
}

/// One JSON object that another program wrote, with what a value cannot hold.
///
/// Where a text has half of a surrogate pair or bytes that are no UTF-8, U+FFFD stands for them, and
/// the member that holds the text is kept as it was written. Python writes the former for a byte that
/// it could not decode.
public struct JSONRecord: Sendable {
  public let value: JSONValue
  /// By key, the source of each member in which something was replaced.
  public let inexact: [String: [UInt8]]

  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, replaces: true)
    value = try parser.document()
    inexact = parser.inexact
  }

  /// The bytes that a JSON text stands for, where no text can hold them: what Python wrote for a byte
  /// that it could not decode (U+DC80…U+DCFF, PEP 383) is that byte, another half of a pair its three
  /// bytes, which are no UTF-8. Nil for what is no JSON text.
  public static func bytes(ofText source: [UInt8]) -> [UInt8]? {
    var parser = JSONParser(bytes: source, replaces: true)
    guard source.first == UInt8(ascii: "\"") else { return nil }
    return try? parser.textBytes(keepsHalves: true)
  }
}

private struct JSONParser {
  private static let depthLimit = 64

  let bytes: [UInt8]
  var position = 0
  /// Whether what no text can hold is replaced; else it is refused.
  private let replaces: Bool
  private var replacements = 0
  /// By key of the outermost object.
  private(set) var inexact: [String: [UInt8]] = [:]

  init(bytes: [UInt8], replaces: Bool = false) {
    self.bytes = bytes
    self.replaces = replaces
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let encoding = TextEncoding(of: bytes)
    if let name = encoding.foreignName {
      throw JSONError(line: 1, column: 1, expected: "UTF-8", found: name)
    }
    if replaces { position = encoding.markLength }
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
      skipSpace()
      let (first, before) = (position, replacements)
      members.append((key, try value(depth: depth + 1)))
      if depth == 0, replacements > before { inexact[key] = Array(bytes[first..<position]) }
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
    let out = try textBytes(keepsHalves: false)
    if let text = String(validating: out, as: UTF8.self) { return text }
    guard replaces else {
      position = start
      throw fail("UTF-8")
    }
    replacements += 1
    return String(decoding: out, as: UTF8.self)
  }

  mutating func textBytes(keepsHalves: Bool) throws(JSONError) -> [UInt8] {
    position += 1
    var out: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 { throw fail("an escaped control character") }
      position += 1
      if byte == UInt8(ascii: "\"") { return out }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &out, keepsHalves: keepsHalves)
      } else {
        out.append(byte)
      }
    }
    throw fail("a closing quote")
  }

  private mutating func escape(into out: inout [UInt8], keepsHalves: Bool) throws(JSONError) {
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
    case UInt8(ascii: "u"): try unicodeEscape(into: &out, keepsHalves: keepsHalves)
    default:
      position -= 1
      throw fail("an escape")
    }
  }

  private mutating func unicodeEscape(
    into out: inout [UInt8], keepsHalves: Bool
  ) throws(JSONError) {
    let value = try fourHexDigits()
    let scalar =
      (0xd800..<0xdc00).contains(value) ? try lowSurrogate(after: value) : Unicode.Scalar(value)
    if let encoded = scalar.flatMap({ UTF8.encode($0) }) {
      out.append(contentsOf: encoded)
    } else if keepsHalves {
      out.append(contentsOf: Self.bytes(ofHalf: value))
    } else if replaces {
      replacements += 1
      out.append(contentsOf: UTF8.encodedReplacementCharacter)
    } else {
      throw fail("a paired surrogate")
    }
  }

  private static func bytes(ofHalf value: UInt32) -> [UInt8] {
    if (0xdc80...0xdcff).contains(value) { return [UInt8(truncatingIfNeeded: value)] }
    return [
      0xed, UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3f),
      UInt8(truncatingIfNeeded: 0x80 | value & 0x3f),
    ]
  }

  /// The scalar of a pair; nil where what follows is no second half, which is then still to be read.
  private mutating func lowSurrogate(after high: UInt32) throws(JSONError) -> Unicode.Scalar? {
    let start = position
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      position = start
      return nil
    }
    let low = try fourHexDigits()
    if (0xdc00..<0xe000).contains(low) {
      return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
    }
    position = start
    return nil
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

/// Recursive-descent JSON reader over the bytes of one line; every byte is looked at a bounded
/// number of times.
struct WireReader {
  let bytes: [UInt8]
  let limits: WireDocument.Limits
  var position = 0
  var end: Int
  var depth = 0
  var counts = Counts()
  /// Where lists' elements are kept; nil: nowhere.
  let elements: ElementMemory?
  var topKeysTaken = false
  var shape = WireShape()
  var repairs: [WireDefect] = []

  init(bytes: [UInt8], limits: WireDocument.Limits, elements: ElementMemory? = nil) {
    self.elements = elements
    self.bytes = bytes
    self.limits = limits
    var end = bytes.count
    if end > 0, bytes[end - 1] == UInt8(ascii: "\n") {
      end -= 1
      shape.lineEnd = .lineFeed
      if end > 0, bytes[end - 1] == UInt8(ascii: "\r") {
        end -= 1
        shape.lineEnd = .carriageReturnLineFeed
      }
    }
    self.end = end
  }

  mutating func document() throws(WireDefect) -> WireValue {
    skipSpace()
    guard position < end else { throw WireDefect(.empty, offset: position) }
    let result = try value()
    measurePadding()
    skipSpace()
    guard position == end else { throw WireDefect(.trailingBytes, offset: position) }
    shape.separators = separators
    return result
  }

  private var separators: WireShape.Separators {
    switch (
      counts.compactSeparators > 0, counts.spacedSeparators > 0, counts.otherSeparators > 0
    ) {
    case (false, false, false): .absent
    case (true, false, false): .compact
    case (false, true, false): .spaced
    default: .mixed
    }
  }

  mutating func value() throws(WireDefect) -> WireValue {
    counts.values += 1
    guard counts.values <= limits.values else { throw WireDefect(.tooManyValues, offset: position) }
    switch try peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "N"): return try notFinite("NaN")
    case UInt8(ascii: "I"): return try notFinite("Infinity")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw WireDefect(.unexpectedByte, offset: position)
    }
  }

  private mutating func array() throws(WireDefect) -> WireValue {
    try descend()
    var elements: [WireValue] = []
    if try peek() == UInt8(ascii: "]") {
      position += 1
      depth -= 1
      return .array([])
    }
    // Most arrays are short, and growing them one by one costs more than the room.
    elements.reserveCapacity(4)
    while true {
      elements.append(try element())
      if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  private mutating func object() throws(WireDefect) -> WireValue {
    try descend()
    let isTop = !topKeysTaken && depth <= 2
    topKeysTaken = topKeysTaken || isTop
    var members: [WireMember] = []
    defer { if isTop { shape.topKeys = members.map(\.key) } }
    if try peek() == UInt8(ascii: "}") {
      position += 1
      depth -= 1
      return .object([])
    }
    while true {
      guard try peek() == UInt8(ascii: "\"") else {
        throw WireDefect(.unexpectedByte, offset: position)
      }
      let key = try string()
      skipSpace()
      guard try peek() == UInt8(ascii: ":") else {
        throw WireDefect(.unexpectedByte, offset: position)
      }
      separator()
      members.append(WireMember(key, try value()))
      if try closes(with: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func descend() throws(WireDefect) {
    guard depth < limits.depth else { throw WireDefect(.tooDeep, offset: position) }
    depth += 1
    position += 1
    skipSpace()
  }

  /// After an element: true past the closing bracket, false past a comma.
  private mutating func closes(with bracket: UInt8) throws(WireDefect) -> Bool {
    skipSpace()
    let byte = try peek()
    if byte == bracket {
      position += 1
      depth -= 1
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw WireDefect(.unexpectedByte, offset: position) }
    separator()
    return false
  }

  /// Consumes `,` or `:` and the white space after it, and counts its style.
  private mutating func separator() {
    position += 1
    let start = position
    skipSpace()
    switch position - start {
    case 0: counts.compactSeparators += 1
    case 1 where bytes[start] == UInt8(ascii: " "): counts.spacedSeparators += 1
    default: counts.otherSeparators += 1
    }
  }

  private mutating func literal(
    _ text: StaticString, _ value: WireValue
  ) throws(WireDefect) -> WireValue {
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    for byte in expected {
      guard try peek() == byte else { throw WireDefect(.unexpectedByte, offset: position) }
      position += 1
    }
    return value
  }

  mutating func notFinite(_ text: StaticString) throws(WireDefect) -> WireValue {
    repair(.notFinite, at: position)
    return try literal(text, .number("\(text)"))
  }

  /// Spaces just before the outermost closing bracket; called right after it was read.
  private mutating func measurePadding() {
    var index = position - 2
    guard index >= 0,
      bytes[position - 1] == UInt8(ascii: "}") || bytes[position - 1] == UInt8(ascii: "]")
    else { return }
    while index >= 0, bytes[index] == UInt8(ascii: " ") {
      shape.paddingSpaces += 1
      index -= 1
    }
  }

  func peek() throws(WireDefect) -> UInt8 {
    guard position < end else { throw WireDefect(.unexpectedEnd, offset: position) }
    return bytes[position]
  }

  mutating func skipSpace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  mutating func repair(_ kind: WireDefect.Kind, at offset: Int) {
    if !repairs.contains(where: { $0.kind == kind }) {
      repairs.append(WireDefect(kind, offset: offset))
    }
  }
}

import Digests

extension WireReader {
  /// A number with JSON's grammar; leading zeros are noted, anything else wrong ends the reading.
  mutating func number() throws(WireDefect) -> WireValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") {
      position += 1
      if try peek() == UInt8(ascii: "I") {
        _ = try notFinite("Infinity")
        return .number("-Infinity")
      }
    }
    let whole = position
    guard digits() > 0 else { throw WireDefect(.badNumber, offset: position) }
    if bytes[whole] == UInt8(ascii: "0"), position - whole > 1 { repair(.leadingZero, at: whole) }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw WireDefect(.badNumber, offset: position) }
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard digits() > 0 else { throw WireDefect(.badNumber, offset: position) }
    }
    return .number(asciiText(start..<position))
  }

  private mutating func digits() -> Int {
    let start = position
    while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      position += 1
    }
    return position - start
  }

  /// A string from its opening quote; escapes are resolved, invalid UTF-8 becomes U+FFFD.
  mutating func string() throws(WireDefect) -> String {
    position += 1
    let start = position
    var seen: UInt8 = 0
    while position < end {
      let byte = bytes[position]
      seen |= byte
      switch byte {
      case UInt8(ascii: "\""):
        let text =
          seen < 0x80 ? asciiText(start..<position) : textOf(bytes[start..<position], at: start)
        position += 1
        return text
      case UInt8(ascii: "\\"):
        return try escapedString(from: start)
      case 0x00..<0x20:
        repair(.controlCharacter, at: position)
        position += 1
      default:
        position += 1
      }
    }
    throw WireDefect(.unexpectedEnd, offset: end)
  }

  /// The slow path: copies pieces between escapes.
  private mutating func escapedString(from start: Int) throws(WireDefect) -> String {
    var content = Array(bytes[start..<position])
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        let text = textOf(content[...], at: start)
        position += 1
        return text
      case UInt8(ascii: "\\"):
        try escape(into: &content)
      default:
        if byte < 0x20 { repair(.controlCharacter, at: position) }
        content.append(byte)
        position += 1
      }
    }
    throw WireDefect(.unexpectedEnd, offset: end)
  }

  private mutating func escape(into content: inout [UInt8]) throws(WireDefect) {
    let start = position
    position += 1
    let byte = try peek()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"): appendScalar(try unicodeEscape(at: start), to: &content)
    default: throw WireDefect(.badEscape, offset: start)
    }
  }

  /// The scalar of `\uXXXX` or of a surrogate pair; U+FFFD for half a pair.
  private mutating func unicodeEscape(at start: Int) throws(WireDefect) -> Unicode.Scalar {
    let first = try fourHexDigits(escapeStart: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let resume = position
      position += 2
      let second = try fourHexDigits(escapeStart: resume)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
      position = resume
    }
    repair(.loneSurrogate, at: start)
    return "\u{FFFD}"
  }

  private mutating func fourHexDigits(escapeStart: Int) throws(WireDefect) -> UInt32 {
    guard position + 4 <= end else { throw WireDefect(.unexpectedEnd, offset: end) }
    var result: UInt32 = 0
    for index in position..<position + 4 {
      guard let digit = Hex.value(of: bytes[index]) else {
        throw WireDefect(.badEscape, offset: escapeStart)
      }
      result = result << 4 | UInt32(digit)
    }
    position += 4
    return result
  }

  private func appendScalar(_ scalar: Unicode.Scalar, to content: inout [UInt8]) {
    content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// ASCII is valid UTF-8, and most strings are ASCII.
  private func asciiText(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }

  private mutating func textOf(_ content: ArraySlice<UInt8>, at offset: Int) -> String {
    if let text = String(validating: content, as: UTF8.self) { return text }
    repair(.invalidUTF8, at: offset)
    return String(decoding: content, as: UTF8.self)
  }
}

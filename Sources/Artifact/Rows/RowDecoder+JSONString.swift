import Foundation

/// Strings of the canonical JSON form.
extension RowDecoder {
  mutating func jsonString(_ name: StaticString) throws(ArtifactError) -> String {
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

  func validated(
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
    if scratch.count < end - position {
      scratch = [UInt8](repeating: 0, count: end - position)
    }
    var buffer = scratch
    scratch = []
    defer { scratch = buffer }
    let found = buffer.withUnsafeMutableBufferPointer { out in
      unescape(prefix: prefix, into: out)
    }
    guard let found, take(UInt8(ascii: "\"")) else {
      throw fail(name, "canonical escapes and a closing quote", excerpt())
    }
    return try buffer.withUnsafeBufferPointer { bytes throws(ArtifactError) in
      let text = UnsafeBufferPointer(rebasing: bytes[..<found.count])
      if found.isASCII { return String(decoding: text, as: UTF8.self) }
      return try validated(text, name)
    }
  }

  /// Unescapes from `position` up to the closing quote or the end; nil, with `position` at the place,
  /// where an escape is not canonical. `out` has room for all that is left of the row.
  private mutating func unescape(
    prefix: Int, into out: UnsafeMutableBufferPointer<UInt8>
  ) -> (count: Int, isASCII: Bool)? {
    guard let target = out.baseAddress else { return nil }
    memcpy(target, base + position, prefix)
    var seen: UInt64 = 0
    for index in 0..<prefix { seen |= UInt64(target[index]) }
    var written = prefix
    position += prefix
    while position < end {
      if position + 8 <= end {
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        if !Self.hasQuoteOrBackslash(word) {
          UnsafeMutableRawPointer(target + written).storeBytes(of: word, as: UInt64.self)
          seen |= word
          written += 8
          position += 8
          continue
        }
      }
      while position < end, base[position] != 0x22, base[position] != 0x5c {
        seen |= UInt64(base[position])
        target[written] = base[position]
        written += 1
        position += 1
      }
      guard position < end, base[position] == 0x5c else { break }
      guard let unescaped = unescaped(end) else { return nil }
      target[written] = unescaped
      written += 1
    }
    return (written, seen & 0x8080_8080_8080_8080 == 0)
  }

  /// The byte that the escape at `position` stands for; nil when the escape is not canonical.
  private mutating func unescaped(_ limit: Int) -> UInt8? {
    guard limit - position >= 2 else { return nil }
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
      guard limit - position >= 6 else { return nil }
      let digits = UnsafeBufferPointer(start: base + position + 2, count: 4)
      guard digits[0] == UInt8(ascii: "0"), digits[1] == UInt8(ascii: "0"),
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
}

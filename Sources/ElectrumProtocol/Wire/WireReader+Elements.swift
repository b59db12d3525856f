/// Elements of the list that is a reply's result, many of which were met before.
extension WireReader {
  /// What reading counts.
  struct Counts {
    var values = 0
    var compactSeparators = 0
    var spacedSeparators = 0
    var otherSeparators = 0

    static func + (one: Counts, other: Counts) -> Counts {
      Counts(
        values: one.values + other.values,
        compactSeparators: one.compactSeparators + other.compactSeparators,
        spacedSeparators: one.spacedSeparators + other.spacedSeparators,
        otherSeparators: one.otherSeparators + other.otherSeparators)
    }

    static func - (one: Counts, other: Counts) -> Counts {
      Counts(
        values: one.values - other.values,
        compactSeparators: one.compactSeparators - other.compactSeparators,
        spacedSeparators: one.spacedSeparators - other.spacedSeparators,
        otherSeparators: one.otherSeparators - other.otherSeparators)
    }
  }

  /// How deep an element that is kept may be: far from every limit.
  private static let deepestElement = 4
  /// Depth within a result that is a list.
  private static let resultDepth = 2

  /// An element of a list: from memory where it is there, and to memory where it may be.
  mutating func element() throws(WireDefect) -> WireValue {
    guard let elements, depth == Self.resultDepth, let end = plainEnd() else {
      return try value()
    }
    let text = WirePiece(bytes[position..<end])
    if let known = elements.known(text) {
      counts = counts + known.counts
      guard counts.values <= limits.values else {
        throw WireDefect(.tooManyValues, offset: position)
      }
      position = end
      return known.value
    }
    let before = counts
    let value = try value()
    // Only the first repair of each kind is noted.
    if position == end, repairs.isEmpty {
      elements.remember(text, ElementMemory.Known(value: value, counts: counts - before))
    }
    return value
  }

  /// The end of the list at `position`, where it is short and all of it plain: lists, numbers, and
  /// texts without escapes in ASCII. Whether it is JSON is not looked at.
  private func plainEnd() -> Int? {
    guard limits.depth > Self.resultDepth + Self.deepestElement, position < end,
      bytes[position] == UInt8(ascii: "[")
    else { return nil }
    let last = min(end, position + ElementMemory.longestElement)
    return bytes.withUnsafeBufferPointer { bytes in
      var depth = 0
      var isText = false
      for index in position..<last {
        let byte = bytes[index]
        if byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "\\") { return nil }
        if byte == UInt8(ascii: "\"") {
          isText.toggle()
        } else if !isText {
          switch byte {
          case UInt8(ascii: "["):
            depth += 1
            if depth > Self.deepestElement { return nil }
          case UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { return index + 1 }
          case UInt8(ascii: "{"), UInt8(ascii: "}"): return nil
          default: break
          }
        }
      }
      return nil
    }
  }
}

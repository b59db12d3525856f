/// Cells of the canonical CSV form.
extension RowDecoder {
  mutating func cell(_ name: StaticString) throws(ArtifactError) -> String {
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

  /// The end of the cell at `position`, if it is printable ASCII without quotes or escapes, as most
  /// are: such a cell is its own text. Reads no further than the row's end.
  func plainCellEnd() -> Int? {
    var index = position
    while index < end {
      let byte = base[index]
      if byte == UInt8(ascii: ",") { return index }
      if byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        return nil
      }
      index += 1
    }
    return index
  }

  /// Takes what `plainCellEnd` has looked at.
  mutating func plainText(upTo end: Int) -> String {
    defer { position = end }
    return String(
      decoding: UnsafeBufferPointer(start: base + position, count: end - position), as: UTF8.self)
  }

  mutating func listCell(_ name: StaticString) throws(ArtifactError) -> [String] {
    if let end = plainCellEnd() { return plainList(upTo: end) }
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

  private mutating func plainList(upTo end: Int) -> [String] {
    if end == position { return [] }
    var values: [String] = []
    var index = position
    while index < end {
      if base[index] == UInt8(ascii: ";") {
        values.append(plainText(upTo: index))
        position = index + 1
      }
      index += 1
    }
    values.append(plainText(upTo: end))
    return values
  }
}

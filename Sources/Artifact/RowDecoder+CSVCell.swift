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

  mutating func listCell(_ name: StaticString) throws(ArtifactError) -> [String] {
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

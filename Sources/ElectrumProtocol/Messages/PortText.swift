/// A port as peers, features and lists write it: digits, often behind the letter of its transport.
public enum PortText {
  /// Reads `50001`, `t50001`, `:50001` and `50001.0`, white space around them aside.
  ///
  /// - Returns: 1…65535; nil for anything else.
  public static func port(_ text: String) -> Int? {
    var bytes = trimmed(text)
    if let first = bytes.first, first == UInt8(ascii: ":") || letters.contains(first) {
      bytes.removeFirst()
    }
    if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
    guard (1...5).contains(bytes.count),
      bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(Substring(bytes)), (1...65535).contains(port)
    else { return nil }
    return port
  }

  private static let letters = Set("tswx".utf8)

  /// The text without the white space around it.
  fileprivate static func trimmed(_ text: String) -> Substring.UTF8View {
    var bytes = text.utf8.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return bytes
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }
}

extension WireValue {
  /// A whole number, also one that is written as text, with white space around it or with a zero fraction.
  public var wholeNumber: Int? {
    switch self {
    case .number(let text): return integer ?? Double(text).flatMap { Int(exactly: $0) }
    case .string(let text):
      let bare = Substring(PortText.trimmed(text))
      return Int(bare) ?? (bare.hasSuffix(".0") ? Int(bare.dropLast(2)) : nil)
    case .null, .bool, .array, .object: return nil
    }
  }
}

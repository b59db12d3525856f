import Digests

/// The hash of a block as programs write it.
public enum BlockHashText {
  /// 64 lower-case hexadecimal digits of a text in either case, with or without `0x`; nil for what is
  /// no hash.
  public static func canonical(_ text: String) -> String? {
    var digits = text.utf8.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    while let last = digits.last, last == 0x20 || (0x09...0x0d).contains(last) {
      digits.removeLast()
    }
    if digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) {
      digits.removeFirst(2)
    }
    guard digits.count == 64, let bytes = Hex.bytes(Substring(digits)) else { return nil }
    return Hex.text(bytes)
  }
}

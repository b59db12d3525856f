/// Text made safe for a CSV cell, reversibly.
///
/// Backslash, control and format characters (C0, C1, zero-width, bidirectional, line and paragraph
/// separators, byte-order mark, tags) become `\\`, `\uXXXX` or `\UXXXXXXXX`; a leading `=`, `+`,
/// `-` or `@`, which a spreadsheet would run as a formula, gets a backslash before it, and so does
/// one behind a `;`, where many a country's spreadsheet begins a cell. Inside a list cell `;`
/// becomes `\u003b`.
public enum EscapedText {
  /// The safe form of `text`.
  public static func escape(_ text: String, inList: Bool = false) -> String {
    var out: [UInt8] = []
    append(text, inList: inList, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether a text stands in a cell as it is, without escapes or quotes: printable ASCII without
  /// what either is for.
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>, inList: Bool) -> Bool {
    let separator = inList ? UInt8(ascii: ";") : UInt8(ascii: ",")
    var isFirst = true
    for byte in text {
      if isFirst, isSign(byte) { return false }
      isFirst = byte == UInt8(ascii: ";")
      if byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",")
        || byte == UInt8(ascii: "\\") || byte == separator
      {
        return false
      }
    }
    return true
  }

  /// Whether a spreadsheet takes what begins with it for a formula.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
    default: false
    }
  }

  static func append(_ text: String, inList: Bool, to out: inout [UInt8]) {
    var isFirst = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out.append(contentsOf: "\\\\".utf8)
      case "=", "+", "-", "@":
        if isFirst { out.append(UInt8(ascii: "\\")) }
        out.append(UInt8(scalar.value))
      case ";" where inList: out.append(contentsOf: "\\u003b".utf8)
      default:
        if isUnsafe(scalar.value) {
          append(escape: scalar.value, to: &out)
        } else {
          out.append(contentsOf: UTF8.encode(scalar)!)
        }
      }
      isFirst = scalar == ";"
    }
  }

  private static func append(escape value: UInt32, to out: inout [UInt8]) {
    let hex = String(value, radix: 16)
    let width = value > 0xffff ? 8 : 4
    out.append(contentsOf: (width == 8 ? "\\U" : "\\u").utf8)
    out.append(contentsOf: String(repeating: "0", count: width - hex.utf8.count).utf8)
    out.append(contentsOf: hex.utf8)
  }

  /// Characters that act on a terminal, a page or the reading order instead of being shown.
  public static func isUnsafe(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0xad, 0x61c, 0x180e, 0x200b...0x200f, 0x2028...0x202e,
      0x2060...0x206f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f:
      true
    default: false
    }
  }

  /// The text that `escape` was given; nil when `cell` is no escaped form.
  public static func unescape(_ cell: String) -> String? {
    guard cell.utf8.contains(UInt8(ascii: "\\")) else { return cell }
    var out = String.UnicodeScalarView()
    var rest = cell.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        out.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\\": out.append("\\")
      case let sign? where sign == "=" || sign == "+" || sign == "-" || sign == "@":
        out.append(sign)
      case "u": guard append(hexDigits: 4, of: &rest, to: &out) else { return nil }
      case "U": guard append(hexDigits: 8, of: &rest, to: &out) else { return nil }
      default: return nil
      }
    }
    return String(out)
  }

  private static func append(
    hexDigits count: Int, of rest: inout Substring.UnicodeScalarView,
    to out: inout String.UnicodeScalarView
  ) -> Bool {
    let digits = String(rest.prefix(count))
    guard digits.utf8.count == count, let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return false }
    rest = rest.dropFirst(count)
    out.append(scalar)
    return true
  }
}

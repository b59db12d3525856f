import Foundation

/// The primitives of the canonical JSON form.
///
/// The form is what Python's `json.dumps(x, sort_keys=True, separators=(",", ":"),
/// ensure_ascii=False, allow_nan=False)` writes: keys in code point order, no white space, shortest
/// round-trip numbers, only `"`, `\` and C0 controls escaped.
enum JSONText {
  static func append(string value: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var copy = value
    copy.withUTF8 { append(escaping: $0, to: &out) }
    out.append(UInt8(ascii: "\""))
  }

  private static func append(escaping bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
      out.append(contentsOf: bytes[start..<index])
      append(escape: byte, to: &out)
      start = index + 1
    }
    out.append(contentsOf: bytes[start..<bytes.count])
  }

  private static func append(escape byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
    case 0x08: out.append(UInt8(ascii: "b"))
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0a: out.append(UInt8(ascii: "n"))
    case 0x0c: out.append(UInt8(ascii: "f"))
    case 0x0d: out.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      out.append(contentsOf: "u00".utf8)
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
  }

  static func append(integer value: Int, to out: inout [UInt8]) {
    if value >= 0 && value < 10 {
      out.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      out.append(contentsOf: value.description.utf8)
    }
  }

  /// `value` must be finite.
  static func append(number value: Double, to out: inout [UInt8]) {
    out.append(contentsOf: value.description.utf8)
  }
}

extension Double {
  /// The nearest double to the value's decimal form of `digits` significant digits, so that the
  /// last bits of a machine's mathematical library do not reach an artifact.
  public func rounded(significantDigits digits: Int) -> Double {
    guard isFinite, self != 0 else { return self == 0 ? 0 : self }
    let text = String(format: "%.\(max(1, digits) - 1)e", locale: nil, self)
    return Double(text) ?? self
  }
}

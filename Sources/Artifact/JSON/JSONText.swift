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
    if !bytes.contains(where: needsEscape) { return out.append(contentsOf: bytes) }
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if !needsEscape(byte) { continue }
      out.append(contentsOf: bytes[start..<index])
      append(escape: byte, to: &out)
      start = index + 1
    }
    out.append(contentsOf: bytes[start..<bytes.count])
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
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
    if value < 0 { out.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = out.count
    repeat {
      out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    out[start...].reverse()
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
    if isWritten(inDigits: digits) { return self }
    let text = String(format: "%.\(max(1, digits) - 1)e", locale: nil, self)
    return Double(text) ?? self
  }

  /// Whether the shortest text has no more significant digits. Up to 15 a normal number's text of so
  /// many digits is exact (IEEE 754: decimal to binary and back), so that rounding changes nothing.
  private func isWritten(inDigits digits: Int) -> Bool {
    guard digits <= 15, isNormal else { return false }
    var count = 0
    for byte in description.utf8 {
      if byte == UInt8(ascii: "e") { break }
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isDigit, count > 0 || byte != UInt8(ascii: "0") { count += 1 }
    }
    return count <= digits
  }
}

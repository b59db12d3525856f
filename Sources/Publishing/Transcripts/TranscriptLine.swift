internal import Artifact
import ServerTexts

/// A line that crossed the socket, for a reader: every byte can be told from what is shown, and
/// nothing in it acts.
///
/// Printable text stands as it is; a backslash is `\\`, a line end `\n` or `\r`, every other byte that
/// is no printable text `\xNN`.
enum TranscriptLine {
  /// - Parameter limit: most bytes of `bytes` that are shown.
  static func text(_ bytes: [UInt8], limit: Int) -> String {
    let shown = Array(bytes.prefix(limit))
    let safe = withoutCredentials(bytes, shown: shown)
    let more = bytes.count - shown.count
    return safe + (more > 0 ? " […] \(NumberText.count(more)) bytes more in the raw evidence" : "")
  }

  private static func withoutCredentials(_ bytes: [UInt8], shown: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if let redacted = Credentials.redacted(text: text) {
      return escape(Array(redacted.utf8.prefix(shown.count)))
    }
    if let value = try? JSONValue(parsing: bytes), holdsCredentials(value) {
      return Credentials.markText(bytes.count) + ": credentials in an escaped form"
    }
    return escape(shown)
  }

  private static func holdsCredentials(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): Credentials.redacted(text: text) != nil
    case .array(let values): values.contains(where: holdsCredentials)
    case .object(let members):
      members.contains {
        Credentials.redacted(text: $0.0) != nil || holdsCredentials($0.1)
      }
    case .null, .boolean, .integer, .number: false
    }
  }

  static func escape(_ bytes: [UInt8]) -> String {
    var out = String.UnicodeScalarView()
    var rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".unicodeScalars)
      case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".unicodeScalars)
      case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".unicodeScalars)
      case 0x20..<0x7f: out.append(Unicode.Scalar(byte))
      default:
        if let (scalar, length) = scalar(rest), !EscapedText.isUnsafe(scalar.value) {
          out.append(scalar)
          rest = rest.dropFirst(length)
          continue
        }
        out.append(contentsOf: hexadecimal(byte).unicodeScalars)
      }
      rest = rest.dropFirst()
    }
    return String(out)
  }

  /// The scalar of several bytes that stands at the front; nil: these are no UTF-8.
  private static func scalar(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let first = bytes.first, first >= 0xc2 else { return nil }
    let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    guard let text = String(validating: bytes.prefix(length), as: UTF8.self),
      let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
    else { return nil }
    return (scalar, length)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

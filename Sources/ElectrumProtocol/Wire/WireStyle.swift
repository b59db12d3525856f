import Digests

/// How a value is written: what differs between JSON writers of clients and servers.
public struct WireStyle: Sendable, Equatable {
  /// A space after each `,` and `:` (Python's default).
  public var spaced: Bool
  /// Characters beyond ASCII as `\uXXXX` (Python's default).
  public var escapesNonASCII: Bool

  public init(spaced: Bool = false, escapesNonASCII: Bool = false) {
    self.spaced = spaced
    self.escapesNonASCII = escapesNonASCII
  }

  /// No white space, UTF-8 as it is.
  public static let compact = WireStyle()
}

extension WireValue {
  /// The bytes of this value, without a line end. Objects keep their order.
  public func encoded(_ style: WireStyle = .compact) -> [UInt8] {
    var output: [UInt8] = []
    encode(style, into: &output)
    return output
  }

  func encode(_ style: WireStyle, into output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text.utf8)
    case .string(let text): Self.encode(text, style, into: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { Self.separate(UInt8(ascii: ","), style, into: &output) }
        element.encode(style, into: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { Self.separate(UInt8(ascii: ","), style, into: &output) }
        Self.encode(member.key, style, into: &output)
        Self.separate(UInt8(ascii: ":"), style, into: &output)
        member.value.encode(style, into: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func separate(_ byte: UInt8, _ style: WireStyle, into output: inout [UInt8]) {
    output.append(byte)
    if style.spaced { output.append(UInt8(ascii: " ")) }
  }

  private static func encode(_ text: String, _ style: WireStyle, into output: inout [UInt8]) {
    if isPlain(text) {
      output.append(UInt8(ascii: "\""))
      output.append(contentsOf: text.utf8)
      output.append(UInt8(ascii: "\""))
      return
    }
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output.append(contentsOf: "\\\"".utf8)
      case "\\": output.append(contentsOf: "\\\\".utf8)
      case "\n": output.append(contentsOf: "\\n".utf8)
      case "\r": output.append(contentsOf: "\\r".utf8)
      case "\t": output.append(contentsOf: "\\t".utf8)
      case "\u{8}": output.append(contentsOf: "\\b".utf8)
      case "\u{C}": output.append(contentsOf: "\\f".utf8)
      case _ where scalar.value < 0x20 || (style.escapesNonASCII && scalar.value > 0x7E):
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
          appendEscape(unit, into: &output)
        }
      default: output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Whether every style writes the text as it is.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
  }

  private static func appendEscape(_ unit: UInt16, into output: inout [UInt8]) {
    output.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] { output.append(Hex.digit(UInt8(unit >> UInt16(shift) & 15))) }
  }
}

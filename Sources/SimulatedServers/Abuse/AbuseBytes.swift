/// Results that no honest server gives, as JSON text or what pretends to be it.
enum AbuseBytes {
  private static let depth = 100_000
  private static let peers = 100_000

  static let deepList =
    [UInt8](repeating: UInt8(ascii: "["), count: depth)
    + [UInt8](repeating: UInt8(ascii: "]"), count: depth)

  /// An overlong slash, a lone continuation, a surrogate, a byte that is never UTF-8.
  static let invalidText: [UInt8] = [0x22, 0xC0, 0xAF, 0x80, 0xED, 0xA0, 0x80, 0xFF, 0x22]

  static let extremeNumbers = Array(
    """
    {"height":NaN,"height":-Infinity,"hex":1e999,"fee":-1e-999,"count":\
    123456789012345678901234567890123456789012345678901234567890,"n":-0,"n":00012,"x":1E+400}
    """.utf8)

  static let strayReplies = Array(
    """
    {"jsonrpc":"2.0","id":999999999,"result":"nobody asked"}
    {"jsonrpc":"2.0","id":-1,"result":[]}
    {"jsonrpc":"2.0","id":"0","result":{}}
    {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"nobody asked"}}
    {"jsonrpc":"2.0","result":1}

    """.utf8)

  /// Addresses of the documentation ranges and of nobody, over and over.
  static var manyPeers: [UInt8] {
    var result: [UInt8] = [UInt8(ascii: "[")]
    for number in 0..<peers {
      if number > 0 { result.append(UInt8(ascii: ",")) }
      let host = "198.51.100.\(number % 256)"
      result += Array("[\"\(host)\",\"p\(number).peers.invalid\",[\"v1.4\",\"s\(number)\"]]".utf8)
    }
    return result + [UInt8(ascii: "]")]
  }

  /// A JSON string; only what must be is escaped, so that control bytes beyond ASCII stay raw.
  static func text(_ text: String) -> [UInt8] {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        result += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      default: result.append(byte)
      }
    }
    return result + [UInt8(ascii: "\"")]
  }
}

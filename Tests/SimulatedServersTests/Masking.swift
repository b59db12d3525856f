import Digests
import ElectrumProtocol

/// A reply without what depends on the chain, the time and the address: structure, keys, their
/// order, codes, texts, separators and line ends stay.
enum Masking {
  /// Keys whose numbers are the chain's business.
  private static let chainNumbers: Set<String> = [
    "confirmed", "unconfirmed", "value", "tx_pos", "pos", "fee", "vsize", "size", "weight", "time",
    "blocktime", "confirmations", "sequence", "vout", "n", "height", "block_height",
    "spender_height",
    "funder_height", "confirmed_height", "tcp_port", "ssl_port",
  ]

  /// One text a line.
  static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { line in
      guard let document = try? WireDocument(parsing: line) else {
        return "unreadable: " + String(decoding: line.prefix(60), as: UTF8.self)
      }
      let end = line.last == UInt8(ascii: "\r") ? "crlf" : "lf"
      return "\(document.shape.separators.rawValue) \(end) \(message(document.value))"
    }
  }

  /// The first bytes of a reply that was recorded without its middle, up to the first hash or
  /// number in its result.
  static func opening(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(120), as: UTF8.self)
    guard let result = text.firstRange(of: /"result":\s?/) else { return text }
    let rest = text[result.upperBound...].prefix { !("0"..."9").contains($0) && !$0.isHexDigit }
    return String(text[..<result.upperBound]) + rest
  }

  private static func message(_ value: WireValue) -> String {
    if let items = value.elements { return "[" + items.map(message).joined(separator: ",") + "]" }
    guard let members = value.members else { return mask(value, "") }
    let parts = members.map { member in
      ["result", "params"].contains(member.key)
        ? "\(member.key):\(mask(member.value, ""))" : "\(member.key):\(exact(member.value))"
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// Ids, codes and messages are compared as they are, but for hashes in messages.
  private static func exact(_ value: WireValue) -> String {
    let text = String(decoding: value.encoded(), as: UTF8.self)
    return text.replacing(/[0-9a-f]{64,}/, with: "hex")
  }

  private static func mask(_ value: WireValue, _ key: String) -> String {
    switch value {
    case .number(let text):
      guard chainNumbers.contains(key) else { return text }
      // Whether a transaction is confirmed is not the chain's business, whether its parent is, is.
      return key.hasSuffix("height") && Int(text) ?? 1 <= 0 ? "unconfirmed" : "number"
    case .string(let text):
      // Scripts of any kind, or none in an input with a witness.
      if ["asm", "hex"].contains(key), text.count != 160 { return "script" }
      return key == "type" ? "type" : masked(text)
    case .array(let elements):
      // How many transactions, outputs or siblings there are is the chain's business: equal
      // neighbours count once.
      var texts: [String] = []
      for text in elements.map({ mask($0, key) }) where text != texts.last { texts.append(text) }
      return "[" + texts.joined(separator: ",") + "]"
    case .object(let members):
      let parts = members.filter { $0.key != "txinwitness" }.map {
        "\(masked($0.key)):\(mask($0.value, $0.key))"
      }
      return "{" + parts.joined(separator: ",") + "}"
    default: return exact(value)
    }
  }

  /// Hashes and headers keep their length; transactions and scripts do not.
  private static func masked(_ text: String) -> String {
    let isHex =
      text.utf8.count >= 16 && (Hex.bytes(text) != nil || text.contains(" bytes]..."))
    if isHex { return [64, 160].contains(text.utf8.count) ? "hex\(text.utf8.count)" : "hex" }
    if BitcoinAddress(text) != nil { return "address" }
    return text.isEmpty ? "empty" : text.replacing(/raw\([0-9a-f]+\)/, with: "raw(hex)")
  }
}

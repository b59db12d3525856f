import ElectrumProtocol

/// A reply without what depends on the chain, the time and the address.
enum Masking {
  /// One text a line: structure, keys, code and texts stay; numbers, hashes and lists of things
  /// shrink to what they are.
  static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { line in
      guard let document = try? WireDocument(parsing: line) else {
        return "unreadable: " + String(decoding: line.prefix(60), as: UTF8.self)
      }
      let end = line.last == UInt8(ascii: "\r") ? "crlf" : "lf"
      return "\(document.shape.separators.rawValue) \(end) \(message(document.value))"
    }
  }

  /// The first bytes of a reply, up to the first hash or number in its result.
  static func opening(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(120), as: UTF8.self)
    guard let result = text.firstRange(of: /"result":\s?/) else { return text }
    let rest = text[result.upperBound...].prefix { !("0"..."9").contains($0) && !$0.isHexDigit }
    return String(text[..<result.upperBound]) + rest
  }

  private static func message(_ value: WireValue) -> String {
    if let items = value.elements { return "[" + items.map(message).joined(separator: ",") + "]" }
    guard let members = value.members else { return mask(value) }
    let parts = members.map { member in
      member.key == "result"
        ? "result:\(mask(member.value))" : "\(member.key):\(exact(member.value))"
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// Ids, codes and messages are compared as they are, but for hashes and heights in messages.
  private static func exact(_ value: WireValue) -> String {
    let text = String(decoding: value.encoded(), as: UTF8.self)
    return text.replacing(/[0-9a-f]{64,}/, with: "hex")
  }

  private static func mask(_ value: WireValue) -> String {
    switch value {
    case .number: return "number"
    case .string(let text): return masked(text)
    case .array(let elements):
      // How many peers, transactions or headers there are is the chain's business; the pair of
      // server.version is not.
      let texts = elements.map(mask)
      if texts.count == 2, texts.first != texts.last {
        return "[" + texts.joined(separator: ",") + "]"
      }
      return "[\(texts.first ?? "")…]"
    case .object(let members):
      return "{" + members.map { "\($0.key):\(mask($0.value))" }.joined(separator: ",") + "}"
    default: return exact(value)
    }
  }

  private static func masked(_ text: String) -> String {
    let isHex =
      text.utf8.count >= 16
      && (Hex.bytes(text) != nil || text.contains(" bytes]..."))
    if isHex { return "hex" }
    return text.isEmpty ? "empty" : text
  }
}

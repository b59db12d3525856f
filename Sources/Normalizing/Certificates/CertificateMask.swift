import Addressing
import Records
import ServerTexts

/// Replaces in the names of a certificate what differs between two that one recipe makes.
///
/// | in the name | in the mask |
/// |---|---|
/// | a DNS name, but for those of private networks (`umbrel.local`) | `<name>` |
/// | an onion name | `<onion>` |
/// | an IP address, but for loopback | `<address>` |
/// | an e-mail address | `<email>` |
/// | anything else | as `TextMask` |
enum CertificateMask {
  /// More attributes, or kinds of alternative names, are cut: the sender chooses how many there are.
  private static let mostParts = 16
  private static let privateDomains: Set = [
    "home", "internal", "lan", "local", "localdomain", "localhost",
  ]

  static func mask(_ value: String) -> String {
    let isWildcard = value.hasPrefix("*.")
    let text = isWildcard ? String(value.dropFirst(2)) : value
    guard let placeholder = placeholder(text) else { return TextMask.mask(value) }
    return (isWildcard ? "*." : "") + placeholder
  }

  private static func placeholder(_ text: String) -> String? {
    if let address = IPAddress(text) {
      return AddressScope(address) == .loopback ? address.text : "<address>"
    }
    if text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil { return "<email>" }
    let labels = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last(where: { !$0.isEmpty }),
      labels.dropLast().allSatisfy({ isLabel($0) }), labels.last == "" || isLabel(last),
      last.contains(where: \.isLetter), !privateDomains.contains(String(last))
    else { return nil }
    return last == "onion" ? "<onion>" : "<name>"
  }

  private static func isLabel(_ label: Substring) -> Bool {
    !label.isEmpty && label.utf8.count <= 63
      && label.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  /// A distinguished name: types and order of its attributes, and what of them is fixed.
  /// - Parameter hidesNumbers: an authority numbers its intermediates.
  static func mask(distinguishedName text: String, hidesNumbers: Bool = false) -> String {
    let attributes = DistinguishedName(text).attributes
    var result = ""
    for (index, attribute) in attributes.prefix(mostParts).enumerated() {
      if index > 0 { result += attribute.isJoined ? "+" : "," }
      let value = mask(attribute.value)
      let shown =
        hidesNumbers && attribute.type == "CN" ? value.replacing(/[0-9]+/, with: "#") : value
      result += "\(attribute.type)=\(shown)"
    }
    return attributes.count > mostParts ? result + ",…" : result
  }

  /// Kinds of alternative names in the order of their first, with `+` where there are several.
  static func mask(alternativeNames: [String]) -> [String] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for name in alternativeNames {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let shape = parts.count == 2 ? "\(parts[0]):\(mask(parts[1]))" : name
      if counts[shape] == nil {
        guard order.count < mostParts else { continue }
        order.append(shape)
      }
      counts[shape, default: 0] += 1
    }
    return order.map { (counts[$0] ?? 0) > 1 ? $0 + "+" : $0 }
  }
}

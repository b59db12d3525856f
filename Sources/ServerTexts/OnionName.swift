import Digests

/// The name of a version 3 onion service with a right checksum (Tor's rend-spec-v3, section 6).
public struct OnionName: Sendable, Hashable {
  /// 56 characters and `.onion`, lower case, without subdomains.
  public let text: String
  /// The service's ed25519 key: 32 bytes.
  public let publicKey: [UInt8]

  private static let suffix = ".onion"
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// - Parameter name: may have subdomains and a final dot.
  /// - Returns: nil for another name, a name of version 2, and one with a wrong checksum.
  public init?(_ name: String) {
    guard name.utf8.count <= 1024 else { return nil }
    var lower = name.lowercased()
    if lower.hasSuffix(".") { lower.removeLast() }
    guard lower.hasSuffix(Self.suffix) else { return nil }
    let labels = lower.dropLast(Self.suffix.count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard let label = labels.last, label.utf8.count == 56, let bytes = Self.base32(label.utf8),
      bytes[34] == 3, Self.checksum(of: Array(bytes.prefix(32))) == Array(bytes[32..<34])
    else { return nil }
    text = label + Self.suffix
    publicKey = Array(bytes.prefix(32))
  }

  private static func base32(_ characters: Substring.UTF8View) -> [UInt8]? {
    var bytes: [UInt8] = []
    var accumulator = 0
    var bits = 0
    for character in characters {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      accumulator = (accumulator << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(accumulator >> bits & 0xFF))
      }
    }
    return bytes
  }

  private static func checksum(of key: [UInt8]) -> [UInt8] {
    Array(SHA3.digest(Array(".onion checksum".utf8) + key + [3]).prefix(2))
  }
}

import Digests

/// The name of a version 3 onion service with a right checksum (Tor's rend-spec-v3, section 6).
public struct OnionName: Sendable, Hashable {
  /// 56 characters and `.onion`, lower case, without subdomains.
  public let text: String
  /// The service's ed25519 key: 32 bytes.
  public let publicKey: [UInt8]

  private static let suffix = ".onion"
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  private static let version: UInt8 = 3

  /// - Parameter name: may have subdomains and a final dot.
  /// - Returns: nil for another name, a name of version 2, and one with a wrong checksum.
  public init?(_ name: String) {
    guard name.utf8.count <= 1024 else { return nil }
    var lower = name.lowercased()
    if lower.hasSuffix(".") { lower.removeLast() }
    guard lower.hasSuffix(Self.suffix) else { return nil }
    let labels = lower.dropLast(Self.suffix.count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard let name = try? OnionName(label: labels.last ?? "") else { return nil }
    self = name
  }

  /// The name of a key.
  ///
  /// - Parameter publicKey: 32 bytes; nil for another number of them.
  public init?(publicKey: [UInt8]) {
    guard publicKey.count == 32 else { return nil }
    self.publicKey = publicKey
    let bytes = publicKey + Self.checksum(of: publicKey) + [Self.version]
    text = Self.base32(of: bytes) + Self.suffix
  }

  /// - Parameter label: what stands before `.onion`, in lower case.
  /// - Throws: why no service can have the name.
  init(label: Substring) throws(Place.Defect) {
    guard let bytes = Self.bytes(ofBase32: label.utf8) else { throw .onionForm }
    if label.utf8.count == 16 { throw .onionVersion2 }
    guard label.utf8.count == 56 else { throw .onionForm }
    guard bytes[34] == Self.version else { throw .onionVersion }
    let key = Array(bytes[..<32])
    guard Self.checksum(of: key).elementsEqual(bytes[32..<34]) else { throw .onionChecksum }
    publicKey = key
    text = label + Self.suffix
  }

  private static func bytes(ofBase32 characters: Substring.UTF8View) -> [UInt8]? {
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

  /// - Parameter bytes: a multiple of five, so that nothing is padded.
  private static func base32(of bytes: [UInt8]) -> String {
    var characters: [UInt8] = []
    var accumulator = 0
    var bits = 0
    for byte in bytes {
      accumulator = (accumulator << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        characters.append(alphabet[accumulator >> bits & 31])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  private static func checksum(of key: [UInt8]) -> [UInt8] {
    Array(SHA3.digest(Array(".onion checksum".utf8) + key + [version]).prefix(2))
  }
}

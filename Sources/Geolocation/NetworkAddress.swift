internal import CMaxMindDB

/// An IP address in network byte order, with transition addresses traced to the host they name.
struct NetworkAddress: Equatable, Sendable {
  /// Four bytes (IPv4) or sixteen (IPv6).
  let bytes: [UInt8]

  /// Numeric IPv4 or IPv6 text; nil for a name, an onion address, a zone or any other text.
  init?(_ text: String) {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = cmaxminddb_parse_address(text, &buffer)
    guard count > 0, !text.utf8.contains(0) else { return nil }
    bytes = Array(buffer.prefix(Int(count)))
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The address of the host itself.
  ///
  /// IPv4-mapped and IPv4-compatible (`::ffff:0:0/96`, `::/96`, RFC 4291), translated
  /// (`64:ff9b::/96`, RFC 6052), 6to4 (`2002::/16`, RFC 3056) and Teredo addresses (`2001::/32`,
  /// RFC 4380: the client's address inverted in the last four bytes, not the relay's) stand for an
  /// IPv4 host; every other address stands for itself, as do `::` and `::1`.
  var host: NetworkAddress {
    guard bytes.count == 16 else { return self }
    let prefix = Array(bytes[0..<12])
    let isCompatible = prefix == Self.compatible && bytes[12] != 0
    if isCompatible || prefix == Self.mapped || prefix == Self.translated {
      return NetworkAddress(bytes: Array(bytes[12...]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x02 {
      return NetworkAddress(bytes: Array(bytes[2..<6]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] == 0, bytes[3] == 0 {
      return NetworkAddress(bytes: bytes[12..<16].map { ~$0 })
    }
    return self
  }

  private static let compatible = [UInt8](repeating: 0, count: 12)
  private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
  private static let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
}

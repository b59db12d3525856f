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
  /// IPv4-mapped (`::ffff:0:0/96`, RFC 4291), 6to4 (`2002::/16`, RFC 3056) and Teredo clients
  /// (`2001::/32`, RFC 4380: the client's address inverted in the last four bytes, not the relay's)
  /// stand for an IPv4 host; every other address stands for itself.
  var host: NetworkAddress {
    guard bytes.count == 16 else { return self }
    if bytes[0..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return NetworkAddress(bytes: Array(bytes[12..<16]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x02 {
      return NetworkAddress(bytes: Array(bytes[2..<6]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] == 0, bytes[3] == 0 {
      return NetworkAddress(bytes: bytes[12..<16].map { ~$0 })
    }
    return self
  }
}

/// What kind of place an address is, after the IANA special-purpose registries (RFC 6890).
public enum AddressScope: String, Sendable, CaseIterable {
  /// May be a server on the public Internet.
  case global
  case unspecified = "address.unspecified"
  case loopback = "address.loopback"
  case privateUse = "address.private"
  case sharedCGNAT = "address.shared-cgnat"
  case uniqueLocal = "address.unique-local"
  case linkLocal = "address.link-local"
  case multicast = "address.multicast"
  case documentation = "address.documentation"
  case reserved = "address.reserved"

  public init(_ address: IPAddress) {
    self = address.isIPv4 ? Self.ofIPv4(address.bytes) : Self.ofIPv6(address)
  }

  private static func ofIPv4(_ bytes: [UInt8]) -> AddressScope {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0, _, _): .unspecified
    case (127, _, _): .loopback
    case (10, _, _), (172, 16...31, _), (192, 168, _): .privateUse
    case (100, 64...127, _): .sharedCGNAT
    case (169, 254, _): .linkLocal
    case (192, 0, 2), (198, 51, 100), (203, 0, 113): .documentation
    case (192, 0, 0), (192, 88, 99), (198, 18...19, _): .reserved
    case (224...239, _, _): .multicast
    case (240..., _, _): .reserved
    default: .global
    }
  }

  /// An address that carries an IPv4 address is judged by that one.
  private static func ofIPv6(_ address: IPAddress) -> AddressScope {
    let bytes = address.bytes
    if bytes.allSatisfy({ $0 == 0 }) { return .unspecified }
    if bytes.dropLast().allSatisfy({ $0 == 0 }) && bytes[15] == 1 { return .loopback }
    if let inner = address.embeddedIPv4 {
      let scope = AddressScope(inner)
      return scope == .global && bytes[0] == 0 ? .reserved : scope
    }
    switch (bytes[0], bytes[1]) {
    case (0xfc...0xfd, _): return .uniqueLocal
    case (0xfe, 0x80...0xbf): return .linkLocal
    case (0xfe, 0xc0...0xff): return .uniqueLocal
    case (0xff, _): return .multicast
    case (0x20, 0x01) where bytes[2] == 0x0d && bytes[3] == 0xb8: return .documentation
    case (0x3f, 0xff) where bytes[2] < 0x10: return .documentation
    case (0x20, 0x01) where bytes[2] < 0x02: return .reserved
    case (0x20...0x3f, _): return .global
    default: return .reserved
    }
  }
}

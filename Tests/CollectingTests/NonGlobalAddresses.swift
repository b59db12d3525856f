import Addressing
import Records

/// Addresses that no scan of a public network may contact, in every form that can carry them.
struct NonGlobalAddresses {
  private var random: Xorshift

  init(seed: UInt64) {
    random = Xorshift(state: seed)
  }

  /// First bytes and free bits of ranges that are not global.
  private static let ipv4: [(UInt32, Int)] = [
    (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
    (0xac10_0000, 12), (0xc000_0200, 24), (0xc0a8_0000, 16), (0xc612_0000, 15), (0xc633_6400, 24),
    (0xcb00_7100, 24), (0xe000_0000, 4), (0xf000_0000, 4),
  ]
  /// Unspecified and loopback, unique local, link-local, site-local, multicast, documentation,
  /// discard, ORCHID, benchmarking, and what no registry has given out.
  private static let ipv6: [[UInt8]] = [
    Array(repeating: 0, count: 15), [0xfc], [0xfd], [0xfe, 0x80], [0xfe, 0xc0], [0xff],
    [0x20, 0x01, 0x0d, 0xb8], [0x3f, 0xff, 0x0f], [0x01, 0x00], [0x20, 0x01, 0x00, 0x10],
    [0x20, 0x01, 0x00, 0x02], [0x40], [0x5f, 0x00], [0x00, 0x64, 0xff, 0x9b, 0x00, 0x01],
  ]

  mutating func next() -> IPAddress {
    let bytes = random.below(3) == 0 ? nativeIPv6() : carried(privateIPv4())
    return IPAddress(bytes: bytes) ?? next()
  }

  mutating func privateIPv4() -> [UInt8] {
    let (base, length) = Self.ipv4[random.below(Self.ipv4.count)]
    let free = UInt32(truncatingIfNeeded: random.next()) & (UInt32.max >> UInt32(length))
    let value = base | free
    return (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
  }

  private mutating func nativeIPv6() -> [UInt8] {
    let prefix = Self.ipv6[random.below(Self.ipv6.count)]
    if prefix.count == 15 { return prefix + [UInt8(random.below(2))] }
    return prefix + (prefix.count..<16).map { _ in UInt8(random.below(256)) }
  }

  /// Itself, IPv4-mapped, IPv4-compatible, 6to4, Teredo, NAT64.
  private mutating func carried(_ inner: [UInt8]) -> [UInt8] {
    let zeros = [UInt8](repeating: 0, count: 10)
    func tail(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(256)) } }
    switch random.below(6) {
    case 0: return inner
    case 1: return zeros + [0xff, 0xff] + inner
    case 2: return zeros + [0, 0] + inner
    case 3: return [0x20, 0x02] + inner + tail(10)
    case 4: return [0x20, 0x01, 0, 0] + tail(8) + inner.map { ~$0 }
    default: return [0, 0x64, 0xff, 0x9b] + zeros.prefix(8) + inner
    }
  }
}

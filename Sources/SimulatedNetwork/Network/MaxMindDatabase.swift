/// A database in MaxMind's DB format 2.0, with one record a site, readable by libmaxminddb.
/// IPv4 addresses live under ::/96 of a tree for IPv6, as in MaxMind's own; the IPv6 twins of a
/// site's servers are in a /48 of 2001:db8::/32 (RFC 3849) of their own.
struct MaxMindDatabase {
  /// Seconds since 1970 that the metadata states.
  let buildEpoch: UInt64
  let sites: [Site]

  private static let ipv4Depth = 96
  private static let marker: [UInt8] = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)

  private enum Branch {
    case empty
    case node(Int)
    /// Offset in the data section.
    case data(Int)
  }

  /// The bytes of the file.
  func encoded() -> [UInt8] {
    var nodes: [[Branch]] = [[.empty, .empty]]
    var data: [UInt8] = []
    for (number, site) in sites.enumerated() {
      let offset = data.count
      data += Self.record(of: site)
      Self.insert(Self.bits(of: site.prefix), .data(offset), into: &nodes)
      if let prefix = Self.documentationPrefix(ofSite: number) {
        Self.insert(prefix, .data(offset), into: &nodes)
      }
    }
    var output: [UInt8] = []
    for node in nodes {
      for branch in node { output += Self.pointer(branch, nodes: nodes.count) }
    }
    return output + [UInt8](repeating: 0, count: 16) + data + Self.marker
      + metadata(nodes: nodes.count)
  }

  private static func bits(of prefix: IPv4Prefix) -> [Int] {
    [Int](repeating: 0, count: ipv4Depth)
      + (0..<prefix.bits).map { Int(prefix.address >> UInt32(31 - $0) & 1) }
  }

  /// 2001:db8:n+1::/48, as ``AddressPlan`` gives it out; nil for a site too many.
  private static func documentationPrefix(ofSite number: Int) -> [Int]? {
    guard let third = UInt16(exactly: number + 1) else { return nil }
    let value = UInt64(0x2001_0db8) << 16 | UInt64(third)
    return (0..<48).map { Int(value >> UInt64(47 - $0) & 1) }
  }

  private static func insert(_ bits: [Int], _ value: Branch, into nodes: inout [[Branch]]) {
    var node = 0
    for bit in bits.dropLast() {
      if case .node(let next) = nodes[node][bit] {
        node = next
      } else {
        nodes.append([.empty, .empty])
        nodes[node][bit] = .node(nodes.count - 1)
        node = nodes.count - 1
      }
    }
    if let last = bits.last { nodes[node][last] = value }
  }

  /// A record of 32 bits: a node, nothing, or a place in the data section.
  private static func pointer(_ branch: Branch, nodes: Int) -> [UInt8] {
    let value =
      switch branch {
      case .empty: nodes
      case .node(let index): index
      case .data(let offset): nodes + 16 + offset
      }
    return bigEndian(UInt64(value), count: 4)
  }

  private static func record(of site: Site) -> [UInt8] {
    map([
      ("autonomous_system_number", unsigned(.uint32, UInt64(site.autonomousSystem))),
      ("autonomous_system_organization", text(site.organization)),
      ("country", map([("iso_code", text(site.country))])),
      (
        "location",
        map([("latitude", double(site.latitude)), ("longitude", double(site.longitude))])
      ),
    ])
  }

  private func metadata(nodes: Int) -> [UInt8] {
    Self.map([
      ("binary_format_major_version", Self.unsigned(.uint16, 2)),
      ("binary_format_minor_version", Self.unsigned(.uint16, 0)),
      ("build_epoch", Self.unsigned(.uint64, buildEpoch)),
      ("database_type", Self.text("Simulated-City-ASN")),
      ("description", Self.map([("en", Self.text("Address plan of a simulated network"))])),
      ("ip_version", Self.unsigned(.uint16, 6)),
      ("languages", Self.control(.array, size: 1) + Self.text("en")),
      ("node_count", Self.unsigned(.uint32, UInt64(nodes))),
      ("record_size", Self.unsigned(.uint16, 32)),
    ])
  }

  // Data types and control bytes of the format.
  private enum Kind: UInt8 {
    case text = 2, double = 3, uint16 = 5, uint32 = 6, map = 7, uint64 = 9, array = 11
  }

  private static func control(_ kind: Kind, size: Int) -> [UInt8] {
    let isExtended = kind.rawValue > 7
    let type = isExtended ? 0 : kind.rawValue << 5
    let extra = isExtended ? [kind.rawValue - 7] : []
    if size < 29 { return [type | UInt8(size)] + extra }
    if size < 285 { return [type | 29] + extra + [UInt8(size - 29)] }
    return [type | 30] + extra + bigEndian(UInt64(min(size, 65_820) - 285), count: 2)
  }

  private static func map(_ members: [(String, [UInt8])]) -> [UInt8] {
    control(.map, size: members.count) + members.flatMap { text($0.0) + $0.1 }
  }

  private static func text(_ value: String) -> [UInt8] {
    let bytes = Array(value.utf8.prefix(65_820))
    return control(.text, size: bytes.count) + bytes
  }

  private static func double(_ value: Double) -> [UInt8] {
    control(.double, size: 8) + bigEndian(value.bitPattern, count: 8)
  }

  private static func unsigned(_ kind: Kind, _ value: UInt64) -> [UInt8] {
    let bytes = bigEndian(value, count: 8).drop { $0 == 0 }
    return control(kind, size: bytes.count) + bytes
  }

  private static func bigEndian(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
  }
}

import Foundation

/// A value in a database of MaxMind's format 2.0, with the type that it is written in.
indirect enum MadeValue {
  case text(String)
  case uint16(UInt16)
  case uint32(UInt32)
  case int32(Int32)
  case uint64(UInt64)
  case uint128(UInt64)
  case float(Float)
  case double(Double)
  case list([MadeValue])
  case map([(String, MadeValue)])

  var bytes: [UInt8] {
    switch self {
    case .text(let text): Self.head(2, text.utf8.count) + Array(text.utf8)
    case .double(let number): Self.head(3, 8) + Self.bytes(number.bitPattern)
    case .uint16(let number): Self.head(5, 2) + Self.bytes(number)
    case .uint32(let number): Self.head(6, 4) + Self.bytes(number)
    case .map(let members):
      Self.head(7, members.count) + members.flatMap { MadeValue.text($0.0).bytes + $0.1.bytes }
    case .int32(let number): Self.head(8, 4) + Self.bytes(number)
    case .uint64(let number): Self.head(9, 8) + Self.bytes(number)
    case .uint128(let number):
      Self.head(10, 16) + [UInt8](repeating: 0, count: 8) + Self.bytes(number)
    case .list(let items): Self.head(11, items.count) + items.flatMap(\.bytes)
    case .float(let number): Self.head(15, 4) + Self.bytes(number.bitPattern)
    }
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  private static func head(_ type: UInt8, _ size: Int) -> [UInt8] {
    let (short, rest): (UInt8, [UInt8]) =
      size < 29 ? (UInt8(size), []) : (29, [UInt8(size - 29)])
    return type < 8 ? [type << 5 | short] + rest : [short, type - 7] + rest
  }
}

/// A database with one record for one IPv4 network, in a tree for IPv4 or for IPv6.
struct MadeDatabase {
  var record: MadeValue
  /// Of 8.0.0.0.
  var prefix = 24
  var isIPv6 = true

  func write(to folder: URL) throws -> String {
    let file = folder.appending(path: "\(UUID().uuidString).mmdb")
    try Data(encoded).write(to: file)
    return file.path
  }

  private var encoded: [UInt8] {
    let address = [UInt8](repeating: 0, count: isIPv6 ? 12 : 0) + [8, 0, 0, 0]
    let depth = (isIPv6 ? 96 : 0) + prefix
    var tree: [UInt8] = []
    for bit in 0..<depth {
      let isOne = address[bit / 8] >> (7 - bit % 8) & 1 == 1
      let target = bit + 1 == depth ? depth + 16 : bit + 1
      let (left, right) = isOne ? (depth, target) : (target, depth)
      for number in [left, right] {
        tree += [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
      }
    }
    let metadata = MadeValue.map([
      ("node_count", .uint32(UInt32(depth))), ("record_size", .uint16(24)),
      ("ip_version", .uint16(isIPv6 ? 6 : 4)), ("database_type", .text("Made")),
      ("languages", .list([])), ("binary_format_major_version", .uint16(2)),
      ("binary_format_minor_version", .uint16(0)), ("build_epoch", .uint64(1_767_225_600)),
      ("description", .map([])),
    ])
    return tree + [UInt8](repeating: 0, count: 16) + record.bytes
      + [0xab, 0xcd, 0xef] + Array("MaxMind.com".utf8) + metadata.bytes
  }
}

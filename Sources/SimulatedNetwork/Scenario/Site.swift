internal import Artifact

/// A place on the simulated Internet: a prefix of loopback addresses, announced by an autonomous
/// system, somewhere on Earth.
struct Site: Sendable, Equatable, FieldObject {
  static let definition: String? = "site"

  private(set) var id = ""
  var prefix = IPv4Prefix(address: 127 << 24, bits: 8)
  private(set) var autonomousSystem = 1
  private(set) var organization = ""
  private(set) var country = ""
  private(set) var latitude = 0.0
  private(set) var longitude = 0.0

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Name of the site.")
    f.required(
      "prefix", &prefix, .loopbackPrefix,
      "Loopback prefix of 8 to 29 bits, as 127.20.0.0/16.")
    f.required(
      "asn", &autonomousSystem, .integer(1...4_294_967_294), "Autonomous system number.")
    f.required("organization", &organization, .text, "Name of the autonomous system.")
    f.required("country", &country, .country, "ISO 3166-1 alpha-2.")
    f.required("latitude", &latitude, .number(-90...90), "Degrees north.")
    f.required("longitude", &longitude, .number(-180...180), "Degrees east.")
  }
}

extension FieldForm where Value == String {
  fileprivate static var country: FieldForm {
    text.converted(
      expected: "two capital letters", .outOfRange,
      constraint: [("pattern", .string("^[A-Z]{2}$"))],
      into: { text in
        let isCapital = text.utf8.allSatisfy {
          (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        return text.utf8.count == 2 && isCapital ? text : nil
      }, from: { $0 })
  }
}

extension FieldForm where Value == IPv4Prefix {
  fileprivate static var loopbackPrefix: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a loopback prefix of 8…29 bits, as 127.20.0.0/16", .outOfRange,
      constraint: [("pattern", .string("^127\\.[0-9.]+/[0-9]+$"))],
      into: { text in
        guard let prefix = IPv4Prefix(text), (8...29).contains(prefix.bits),
          prefix.address >> 24 == 127
        else { return nil }
        return prefix
      }, from: { $0.description })
  }
}

/// A block of IPv4 addresses.
struct IPv4Prefix: Sendable, Hashable, CustomStringConvertible {
  /// The first address, host bits zero.
  let address: UInt32
  let bits: Int

  /// Nil unless `text` is `a.b.c.d/n` with host bits zero.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4.number(String(parts[0])), let bits = Int(parts[1]),
      (0...32).contains(bits), bits == 32 || address & (UInt32.max >> UInt32(bits)) == 0
    else { return nil }
    self.address = address
    self.bits = bits
  }

  init(address: UInt32, bits: Int) {
    self.address = address
    self.bits = bits
  }

  var description: String { "\(IPv4.text(address))/\(bits)" }

  func contains(_ other: UInt32) -> Bool {
    bits == 0 || (address ^ other) >> UInt32(32 - bits) == 0
  }

  func overlaps(_ other: IPv4Prefix) -> Bool {
    contains(other.address) || other.contains(address)
  }
}

/// Dotted-quad text and number of an IPv4 address.
enum IPv4 {
  static func number(_ text: String) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var result: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part), String(byte) == part else { return nil }
      result = result << 8 | UInt32(byte)
    }
    return result
  }

  static func text(_ number: UInt32) -> String {
    [24, 16, 8, 0].map { String(number >> UInt32($0) & 0xFF) }.joined(separator: ".")
  }
}

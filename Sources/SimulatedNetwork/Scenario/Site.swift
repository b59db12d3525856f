internal import ElectrumProtocol

/// A place on the simulated Internet: a prefix of loopback addresses, announced by an autonomous
/// system, somewhere on Earth.
struct Site: Sendable, Equatable {
  let id: String
  var prefix: IPv4Prefix
  let autonomousSystem: Int
  let organization: String
  /// ISO 3166-1 alpha-2.
  let country: String
  /// Degrees, north positive.
  let latitude: Double
  /// Degrees, east positive.
  let longitude: Double

  static let keys: Set<String> = [
    "id", "prefix", "asn", "organization", "country", "latitude", "longitude",
  ]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    let text = try reader.text("prefix")
    guard let prefix = IPv4Prefix(text), prefix.bits >= 8, prefix.bits <= 29,
      prefix.address >> 24 == 127
    else {
      throw ScenarioError(
        .outOfRange, place: reader.place("prefix"),
        expected: "a loopback prefix of 8…29 bits, as 127.20.0.0/16", found: "\"\(text)\"")
    }
    self.prefix = prefix
    autonomousSystem = try reader.integer("asn", 1...4_294_967_294)
    organization = try reader.text("organization")
    country = try reader.text("country")
    guard country.utf8.count == 2,
      country.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else {
      throw ScenarioError(
        .outOfRange, place: reader.place("country"), expected: "two capital letters",
        found: "\"\(country)\"")
    }
    latitude = try reader.number("latitude", -90...90)
    longitude = try reader.number("longitude", -180...180)
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

import Addressing
import Testing

/// What a peer list or a file says is a place.
struct PlaceTests {
  private static let onion = "h7cmz7tulbyofqgzt5y7gd7qmvwi33oudta5pu6to2ynxzuf4lz22kid"

  @Test(arguments: [
    ("203.0.113.7", "203.0.113.7"), ("203.0.113.7.", "203.0.113.7"),
    ("[2600:1F18::7]", "2600:1f18::7"), ("2600:1f18:0:0::7", "2600:1f18::7"),
    ("[203.0.113.7]", "203.0.113.7"),
  ]) func `an address is one in brackets too`(text: String, canonical: String) throws {
    #expect(try Place(text) == .address(#require(IPAddress(canonical))))
  }

  @Test(arguments: [
    ("A.Example.", "a.example"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("a_b.example", "a_b.example"), ("localhost", "localhost"), ("1.example", "1.example"),
    ("0xa.example", "0xa.example"), (onion.uppercased() + ".ONION", onion + ".onion"),
    ("www." + onion + ".onion.", "www." + onion + ".onion"),
  ]) func `a name is the same in upper case and with a final dot`(text: String, name: String) throws
  {
    #expect(try Place(text) == .name(name))
  }

  @Test(arguments: [
    ("", Place.Defect.empty), (".", .malformed), ("..", .malformed), ("a..b", .malformed),
    ("a b", .malformed), ("-a.example", .malformed), ("münchen.example", .malformed),
    ("a.example/path", .malformed), ("[a.example]", .malformed), ("[2600::7", .malformed),
    ("[2600::7]x", .malformed), ("2600::7::1", .malformed), ("2600:zz::1", .malformed),
    ("[2600::7]:50002", .port), ("a.example:50002", .port), ("203.0.113.7:50002", .port),
    ("ssl://a.example", .scheme), ("tcp://203.0.113.7:50001", .scheme),
    ("user:pw@a.example", .credentials), ("ssl://user:pw@a.example:50002", .credentials),
    ("fe80::1%eth0", .zone), ("[fe80::1%25eth0]", .zone), ("91.2.3.004", .numericName),
    ("91.2.3", .numericName), ("1526792709", .numericName), ("0x5b010203", .numericName),
    ("0x5b.0x1.0x2.0x3", .numericName), ("a.example.123", .numericName),
    ("300.1.1.1", .numericName),
    ("abcdefghij234567.onion", .onionVersion2), ("short.onion", .onionForm), ("onion", .onionForm),
    ("abcdefghij234561.onion", .onionForm),
    ("h7cmz7tulbyofqgzt5y7gd7qmvwi33oudta5pu6to2ynxzuf4lz22kia.onion", .onionVersion),
    ("a7cmz7tulbyofqgzt5y7gd7qmvwi33oudta5pu6to2ynxzuf4lz22kid.onion", .onionChecksum),
  ]) func `what is no place says why`(text: String, defect: Place.Defect) {
    #expect(throws: defect) { try Place(text) }
  }

  @Test(arguments: [
    ("user:pw@a.example", "[removed]@a.example"), ("a.example", "a.example"),
    ("ssl://user:p@w@a.example:50002", "ssl://[removed]@a.example:50002"),
    ("user:pw://x@a.example", "[removed]@a.example"), ("@", "[removed]@"), ("x@é", "[removed]@é"),
  ]) func `credentials are taken out of a text that names a place`(text: String, left: String) {
    #expect(Place.withoutCredentials(text) == left)
    #expect(Place.withoutCredentials(left) == left)
  }

  @Test func `a key's onion name is read as that key`() throws {
    let key = (0..<32).map { UInt8($0 * 7) }
    let name = try #require(OnionName(publicKey: key))
    #expect(OnionName(name.text)?.publicKey == key)
    #expect(try Place(name.text) == .name(name.text))
    #expect(OnionName(publicKey: [1]) == nil)
  }
}

import Addressing
import Records
import Testing

/// Which addresses can be a public server.
struct AddressScopeTests {
  @Test(arguments: [
    ("8.8.8.8", AddressScope.global), ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified),
    ("127.0.0.1", .loopback), ("127.255.0.1", .loopback), ("10.0.0.1", .privateUse),
    ("172.16.0.1", .privateUse), ("172.31.255.255", .privateUse), ("172.32.0.1", .global),
    ("192.168.1.1", .privateUse), ("100.64.0.1", .sharedCGNAT), ("100.128.0.1", .global),
    ("169.254.1.1", .linkLocal), ("192.0.2.7", .documentation), ("198.18.0.1", .reserved),
    ("224.0.0.1", .multicast), ("255.255.255.255", .reserved), ("2a01:4f8::1", .global),
    ("::", .unspecified), ("::1", .loopback), ("::ffff:127.0.0.1", .loopback),
    ("::ffff:8.8.8.8", .reserved), ("::7f00:1", .loopback), ("2002:7f00:1::", .loopback),
    ("2002:c0a8:101::1", .privateUse), ("2002:808:808::1", .global),
    ("64:ff9b::7f00:1", .loopback), ("fc00::1", .uniqueLocal), ("fe80::1", .linkLocal),
    ("ff02::1", .multicast), ("2001:db8::1", .documentation), ("2001:10::1", .reserved),
    ("4000::1", .reserved),
  ]) func `special-purpose ranges are not global, however they are written`(
    text: String, scope: AddressScope
  ) throws {
    #expect(AddressScope(try #require(IPAddress(text))) == scope)
  }

  @Test(arguments: ["", "a", "1.2.3", "01.2.3.4", "::1%lo", "1.2.3.4 "])
  func `text that is no address is none`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `canonical text follows RFC 5952, and prefixes are masked`() throws {
    #expect(try #require(IPAddress("2001:0DB8:0:0:0:0:0:1")).text == "2001:db8::1")
    #expect(try #require(IPAddress("198.51.100.77")).prefix(24) == "198.51.100.0/24")
    #expect(try #require(IPAddress("2001:db8:1:2:3::4")).prefix(48) == "2001:db8:1::/48")
    #expect(try #require(IPAddress("2001:db8:ffff::")).prefix(44) == "2001:db8:fff0::/44")
  }
}

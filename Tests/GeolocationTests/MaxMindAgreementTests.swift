import Foundation
import Geolocation
import Testing

@Suite(.enabled(if: GeoData.exists, "no databases of MaxMind are in the folder of shared data"))
struct MaxMindAgreementTests {
  private func address(_ network: String) -> String {
    String(network.prefix { $0 != "/" })
  }

  @Test func `every autonomous system of the test database is found as its source says`() throws {
    let locator = try Geolocator(paths: [GeoData.path("GeoLite2-ASN-Test.mmdb")])
    let entries = try GeoData.entries("source-GeoLite2-ASN-Test.json")
    #expect(entries.count == 720)
    for (network, fields) in entries {
      let found = try locator.location(of: address(network))
      let number = (fields["autonomous_system_number"] as? NSNumber)?.uint32Value
      #expect(found.autonomousSystemNumber == number, "\(network)")
      #expect(
        found.autonomousSystemName == fields["autonomous_system_organization"] as? String,
        "\(network)")
    }
  }

  @Test func `every place of the test database is found as its source says`() throws {
    let locator = try Geolocator(paths: [GeoData.path("GeoLite2-City-Test.mmdb")])
    let entries = try GeoData.entries("source-GeoLite2-City-Test.json")
    #expect(entries.count == 242)
    for (network, fields) in entries {
      let found = try locator.location(of: address(network))
      let country = fields["country"] as? [String: Any]
      let place = fields["location"] as? [String: Any]
      #expect(found.countryCode == country?["iso_code"] as? String, "\(network)")
      #expect(found.latitude == (place?["latitude"] as? NSNumber)?.doubleValue, "\(network)")
      #expect(found.longitude == (place?["longitude"] as? NSNumber)?.doubleValue, "\(network)")
      #expect(found.precision == .coordinates)
    }
  }

  @Test func `a country without coordinates is drawn at its centroid and says so`() throws {
    let locator = try Geolocator(paths: [GeoData.path("GeoLite2-Country-Test.mmdb")])
    let found = try locator.location(of: "81.2.69.160")
    #expect(found.countryCode == "GB")
    #expect(found.precision == .countryCentroid)
    #expect(found.latitude == 54)
    #expect(found.longitude == -3)
  }

  @Test func `the first database that knows a field decides it`() throws {
    let locator = try Geolocator(paths: [
      GeoData.path("GeoLite2-Country-Test.mmdb"), GeoData.path("GeoLite2-City-Test.mmdb"),
      GeoData.path("GeoLite2-ASN-Test.mmdb"),
    ])
    let found = try locator.location(of: "81.2.69.160")
    #expect(found.countryCode == "GB")
    #expect(found.precision == .coordinates)
    #expect(try locator.location(of: "1.128.0.1").autonomousSystemNumber == 1221)
  }

  @Test func `transition addresses are located by the host inside them`() throws {
    let locator = try Geolocator(paths: [GeoData.path("GeoLite2-City-Test.mmdb")])
    let plain = try locator.location(of: "81.2.69.160")
    #expect(plain.countryCode == "GB")
    for text in [
      "::ffff:81.2.69.160", "::81.2.69.160", "64:ff9b::81.2.69.160", "2002:5102:45a0::1",
      "2001:0:4136:e378:8000:63bf:aefd:ba5f",
    ] {
      #expect(try locator.location(of: text) == plain, "\(text)")
    }
  }

  @Test func `a name, an onion address or a private address has no place`() throws {
    let locator = try Geolocator(paths: [GeoData.path("GeoLite2-City-Test.mmdb")])
    for text in ["electrum.example", "abc.onion", "", "127.0.0.1", "81.2.69", "fe80::1%eth0"] {
      #expect(try locator.location(of: text) == GeoLocation(), "\(text)")
    }
  }
}

import Foundation
import Geolocation
import Testing

@Suite(.enabled(if: GeoData.ipFireExists, "no database of IPFire is in the folder of shared data"))
struct IPFireTests {
  @Test func `country and network of well-known resolvers are known, their place only by country`()
    throws
  {
    try GeoData.withTemporaryFolder { folder in
      let file = folder.appending(path: "ipfire.mmdb")
      try GeoData.gunzip(GeoData.ipFire, to: file)
      let locator = try Geolocator(paths: [file.path])
      let google = try locator.location(of: "8.8.8.8")
      #expect(google.autonomousSystemNumber == 15169)
      #expect(google.countryCode == "US")
      #expect(google.precision == .countryCentroid)
      #expect(google.autonomousSystemName?.isEmpty == false)
      #expect(try locator.location(of: "2001:4860:4860::8888").autonomousSystemNumber == 15169)
      #expect(try locator.location(of: "2002:808:808::1") == google)
      #expect(try locator.location(of: "9.9.9.9").autonomousSystemNumber == 19281)
      #expect(try locator.location(of: "127.0.0.1").autonomousSystemNumber == nil)
    }
  }
}

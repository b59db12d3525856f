import Foundation
import Geolocation
import Testing

struct DatabaseErrorTests {
  @Test func `a missing file is named`() {
    let error = #expect(throws: GeolocationError.self) {
      try GeoDatabase(path: "/nowhere/x.mmdb")
    }
    #expect(error?.code == .missing && error?.place == "/nowhere/x.mmdb")
    #expect(error?.exitCode == 66)
  }

  @Test func `text is not a database`() throws {
    try GeoData.withTemporaryFolder { folder in
      let file = folder.appending(path: "x.mmdb")
      try Data("certainly not a database".utf8).write(to: file)
      let error = #expect(throws: GeolocationError.self) { try GeoDatabase(path: file.path) }
      #expect(error?.code == .notADatabase && error?.place == file.path)
      #expect(error?.exitCode == 65)
    }
  }

  @Test func `an empty file is refused`() throws {
    try GeoData.withTemporaryFolder { folder in
      let file = folder.appending(path: "empty.mmdb")
      try Data().write(to: file)
      #expect(throws: GeolocationError.self) { try GeoDatabase(path: file.path) }
    }
  }

  @Test func `no database knows nothing`() throws {
    let location = try Geolocator(databases: []).location(of: "81.2.69.160")
    #expect(location == GeoLocation())
    #expect(location.precision == .unknown)
  }

  /// Flips one bit at 400 places over the whole file and cuts it at 40: every lookup must answer
  /// or throw.
  @Test(.enabled(if: GeoData.exists, "no databases of MaxMind are in the folder of shared data"))
  func `a damaged database never ends the program`() throws {
    let original = try Data(contentsOf: URL(filePath: GeoData.path("GeoLite2-City-Test.mmdb")))
    let addresses = ["2.125.160.216", "81.2.69.160", "2001:218::", "2a02:d9c0::", "8.8.8.8"]
    try GeoData.withTemporaryFolder { folder in
      var outcomes: [String: Int] = [:]
      func probe(_ data: Data, _ name: String) throws {
        let file = folder.appending(path: name)
        try data.write(to: file)
        do throws(GeolocationError) {
          let locator = try Geolocator(paths: [file.path])
          for address in addresses { _ = try locator.location(of: address) }
          outcomes["answered", default: 0] += 1
        } catch {
          outcomes[error.code.rawValue, default: 0] += 1
        }
      }
      for step in 0..<400 {
        var damaged = original
        let position = step * (original.count - 1) / 399
        damaged[position] ^= UInt8(1 << (step % 8))
        try probe(damaged, "flip-\(step)")
      }
      for step in 0..<40 {
        try probe(original.prefix(original.count * step / 40), "cut-\(step)")
      }
      #expect(outcomes["answered", default: 0] > 0)
      #expect(outcomes.count > 1)
    }
  }
}

import Foundation
import Geolocation
import Testing

/// Databases of other makers.
struct ForeignDatabaseTests {
  private func answer(
    _ record: MadeValue, prefix: Int = 24, isIPv6: Bool = true
  ) throws -> GeoAnswer {
    try GeoData.withTemporaryFolder { folder in
      let made = MadeDatabase(record: record, prefix: prefix, isIPv6: isIPv6)
      return try Geolocator(paths: [made.write(to: folder)]).answer(to: "8.0.0.7")
    }
  }

  private static let numbers: [MadeValue] = [
    .uint16(64500), .uint32(64500), .int32(64500), .uint64(64500), .uint128(64500),
    .float(64500), .double(64500), .text("64500"), .text("AS64500"), .text("as64500"),
    .text(" ASN64500 "), .text("AS64500 Example Net"),
    .text("64500 Example Net"),
  ]

  @Test(arguments: numbers.indices) func `an AS number is the same in every type`(index: Int) throws
  {
    let number = Self.numbers[index]
    for key in ["autonomous_system_number", "asn", "as_number"] {
      #expect(try answer(.map([(key, number)])).location.autonomousSystemNumber == 64500)
    }
    let nested = MadeValue.map([("asn", .map([("number", number), ("name", .text("Net"))]))])
    let location = try answer(nested).location
    #expect(location.autonomousSystemNumber == 64500)
    #expect(location.autonomousSystemName == "Net")
  }

  @Test
  func `the name behind an AS number is that of the AS, where no field of its own says another`()
    throws
  {
    for key in ["asn", "as", "org"] {
      let location = try answer(.map([(key, .text("AS64500 Example Net"))])).location
      #expect(location.autonomousSystemNumber == 64500)
      #expect(location.autonomousSystemName == "Example Net")
    }
    let named = try answer(
      .map([("asn", .text("AS64500 Example Net")), ("as_name", .text("Net"))])
    ).location
    #expect(named.autonomousSystemName == "Net")
  }

  @Test func `where a network is registered is not where it is, and is told`() throws {
    let answer = try answer(.map([("registered_country", .map([("iso_code", .text("DE"))]))]))
    #expect(answer.location.countryCode == nil)
    #expect(answer.said.first?.unread == ["country \"DE\" of the registration alone"])
  }

  @Test func `an AS number that is none is told`() throws {
    for bad in [MadeValue.int32(-1), .double(1.5), .text("many"), .uint64(1 << 40), .list([])] {
      let answer = try answer(.map([("asn", bad)]))
      #expect(answer.location.autonomousSystemNumber == nil)
      #expect(answer.said.first?.fields == [])
      #expect(answer.said.first?.unread.first?.hasPrefix("AS number ") == true)
    }
    #expect(try answer(.map([("asn", .uint32(0))])).said.first?.unread == [])
  }

  private static let degrees: [(MadeValue, MadeValue)] = [
    (.double(52.5), .double(13.5)), (.float(52.5), .float(13.5)), (.text("52.5"), .text(" 13.5 ")),
  ]

  @Test(arguments: degrees.indices)
  func `coordinates are the same as numbers and texts, nested and flat`(index: Int) throws {
    let (north, east) = Self.degrees[index]
    for record in [
      MadeValue.map([("location", .map([("latitude", north), ("longitude", east)]))]),
      .map([("latitude", north), ("longitude", east)]), .map([("lat", north), ("lng", east)]),
    ] {
      let location = try answer(record).location
      #expect(location.latitude == 52.5 && location.longitude == 13.5)
      #expect(location.precision == .coordinates)
    }
  }

  @Test func `whole degrees are coordinates, not the middle of the country`() throws {
    for (north, east) in [
      (MadeValue.uint16(52), MadeValue.uint16(13)), (.int32(52), .int32(13)),
      (.uint64(52), .uint128(13)),
    ] {
      let location = try answer(
        .map([
          ("country", .map([("iso_code", .text("DE"))])),
          ("location", .map([("latitude", north), ("longitude", east)])),
        ])
      ).location
      #expect(location.latitude == 52 && location.longitude == 13)
      #expect(location.precision == .coordinates)
    }
  }

  @Test func `coordinates that lie nowhere are told`() throws {
    for (north, east) in [(91.0, 13.0), (0.0, 0.0), (52.0, 181.0)] {
      let answer = try answer(.map([("latitude", .double(north)), ("longitude", .double(east))]))
      #expect(answer.location.latitude == nil)
      #expect(answer.said.first?.unread.first?.hasPrefix("coordinates ") == true)
    }
    #expect(
      try answer(.map([("loc", .text("52.5,13.5"))])).location.longitude == 13.5)
  }

  @Test(arguments: ["DE", "de", " De "])
  func `a country is the same in lower case, nested, flat and alone`(code: String) throws {
    for record in [
      MadeValue.map([("country", .map([("iso_code", .text(code))]))]),
      .map([("country_code", .text(code))]), .map([("country", .text(code))]), .text(code),
      .map([("country", .text("Germany")), ("country_code", .text(code))]),
    ] {
      let answer = try answer(record)
      #expect(answer.location.countryCode == "DE")
      #expect(answer.said.first?.unread == [])
    }
  }

  @Test func `Namibia is a country`() throws {
    #expect(try answer(.map([("country", .text("NA"))]), prefix: 8).location.countryCode == "NA")
  }

  @Test(arguments: ["CLOUDFLARE", "EU", "ZZ", "A1", "UK", "\u{7}"])
  func `a code that is no country's is told`(code: String) throws {
    let answer = try answer(.map([("country", .map([("iso_code", .text(code))]))]))
    #expect(answer.location.countryCode == nil)
    let unread = try #require(answer.said.first?.unread.first)
    #expect(unread.hasPrefix("country \"") && unread.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
  }

  @Test func `a record with nothing that is read is told`() throws {
    for record in [
      MadeValue.map([("countryName", .text("Germany"))]),
      .map([("country", .map([("names", .map([("en", .text("Germany"))]))]))]),
      .map([("represented_country", .map([("iso_code", .text("DE"))]))]), .map([]),
    ] {
      let said = try answer(record).said.first
      #expect(said?.fields == [] && said?.unread == ["record without country, coordinates and AS"])
    }
    let other = try answer(.map([("org", .text("Example Net"))]))
    #expect(other.location.autonomousSystemNumber == nil)
    #expect(try answer(.map([("asn", .text("-"))])).said.first?.unread == [])
  }

  @Test func `a record that is no map is told`() throws {
    #expect(try answer(.list([.text("DE")])).said.first?.unread == ["record that is no map"])
    #expect(try answer(.uint32(7)).said.first?.unread == ["record that is no map"])
  }

  @Test(arguments: [(0, false), (1, false), (7, false), (8, true), (9, true), (32, true)])
  func `a network shorter than /8 gives no place`(prefix: Int, isPlace: Bool) throws {
    let record = MadeValue.map([("country", .text("GB")), ("asn", .uint32(64500))])
    for isIPv6 in [true, false] where prefix > 0 || isIPv6 {
      let answer = try answer(record, prefix: prefix == 32 ? 24 : prefix, isIPv6: isIPv6)
      #expect((answer.location.countryCode == "GB") == isPlace)
      #expect((answer.location.autonomousSystemNumber == 64500) == isPlace)
      #expect(answer.said.first?.unread.isEmpty == isPlace)
    }
  }

  @Test func `a file that cannot be read says why`() throws {
    try GeoData.withTemporaryFolder { folder in
      for (path, reason) in [
        (folder.appending(path: "none.mmdb").path, "No such file"), (folder.path, "director"),
      ] {
        let error = #expect(throws: GeolocationError.self) { try Geolocator(paths: [path]) }
        #expect(error?.found.contains(reason) == true, "\(String(describing: error))")
      }
      let text = folder.appending(path: "text.mmdb")
      try Data("no database".utf8).write(to: text)
      let error = #expect(throws: GeolocationError.self) { try Geolocator(paths: [text.path]) }
      #expect(error?.found.contains("metadata") == true, "\(String(describing: error))")
    }
  }
}

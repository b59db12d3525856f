/// What one database says of one address; nil is "does not say".
///
/// Makers write the same in different places and types; what means the same is read the same.
struct GeoRecord: Equatable, Sendable {
  /// ISO 3166-1 alpha-2, upper case.
  var countryCode: String?
  /// WGS 84 degrees north and east.
  var latitude: Double?
  var longitude: Double?
  var autonomousSystemNumber: UInt32?
  var autonomousSystemName: String?
  /// What is there and cannot be read, in words.
  var unread: [String] = []

  init(unread: [String] = []) { self.unread = unread }

  /// - Parameter value: what stands at a path of none, one or two keys.
  init<Failure: Error>(_ value: ([String]) throws(Failure) -> GeoValue) throws(Failure) {
    switch try value([]) {
    case .map:
      var isOfReadKind = false
      let noted = { (path: [String]) throws(Failure) -> GeoValue in
        let found = try value(path)
        switch found {
        case .absent, .map: break
        case .number, .text, .other: isOfReadKind = true
        }
        return found
      }
      try readCountry(noted)
      try readCoordinates(noted)
      try readNumber(noted)
      try readName(noted)
      if !isOfReadKind { unread.append("record without country, coordinates and AS") }
    case .text(let code):
      countryCode = CountryCode.read(code)
      if countryCode == nil { unread.append("record \(GeoValue.text(code).shown ?? "-")") }
    case .absent, .number, .other: unread.append("record that is no map")
    }
  }

  /// Fields that were read, in the order of `GeoField`.
  var fields: [GeoField] {
    GeoField.allCases.filter { field in
      switch field {
      case .country: countryCode != nil
      case .coordinates: latitude != nil
      case .number: autonomousSystemNumber != nil
      case .name: autonomousSystemName != nil
      }
    }
  }

  // MARK: Paths

  /// Where the address is used, never where its network is registered.
  private static let countries = [
    ["country", "iso_code"], ["country", "code"], ["country_code"], ["country_iso_code"],
    ["iso_code"], ["country"],
  ]
  private static let numbers = [
    ["autonomous_system_number"], ["asn"], ["as_number"], ["asn", "number"], ["asn", "asn"],
    ["asn", "autonomous_system_number"], ["as", "number"], ["as", "asn"], ["as"],
    ["autonomous_system", "number"], ["autonomous_system", "asn"],
    ["traits", "autonomous_system_number"],
  ]
  private static let names = [
    ["autonomous_system_organization"], ["as_name"], ["as_organization"], ["as_org"], ["asn_name"],
    ["asn", "name"], ["asn", "organization"], ["asn", "autonomous_system_organization"],
    ["as", "name"], ["as", "organization"], ["autonomous_system", "name"],
    ["autonomous_system", "organization"], ["traits", "autonomous_system_organization"],
  ]
  private static let coordinates = [
    (["location", "latitude"], ["location", "longitude"]), (["latitude"], ["longitude"]),
    (["location", "lat"], ["location", "lon"]), (["location", "lat"], ["location", "lng"]),
    (["lat"], ["lon"]), (["lat"], ["lng"]),
  ]

  // MARK: Fields

  private mutating func readCountry<Failure: Error>(
    _ value: ([String]) throws(Failure) -> GeoValue
  ) throws(Failure) {
    var other: String?
    for path in Self.countries {
      let found = try value(path)
      if case .text(let text) = found, let code = CountryCode.read(text) {
        countryCode = code
        return
      }
      if case .map = found { continue }
      other = other ?? found.shown
    }
    if let other { return unread.append("country \(other)") }
    if case .text(let code) = try value(["registered_country", "iso_code"]) {
      unread.append("country \(GeoValue.text(code).shown ?? "-") of the registration alone")
    }
  }

  private mutating func readCoordinates<Failure: Error>(
    _ value: ([String]) throws(Failure) -> GeoValue
  ) throws(Failure) {
    var other: String?
    for (north, east) in Self.coordinates {
      let (first, second) = (try value(north), try value(east))
      if take(first.number, second.number) { return }
      if let shown = first.shown ?? second.shown {
        other = other ?? "\(shown), \(second.shown ?? "nothing")"
      }
    }
    if case .text(let text) = try value(["loc"]) {
      let parts = text.split(separator: ",").map { GeoValue.text(String($0)).number }
      if parts.count == 2, take(parts[0], parts[1]) { return }
      other = other ?? GeoValue.text(text).shown
    }
    if let other { unread.append("coordinates \(other)") }
  }

  /// Of 0° north, 0° east there is only sea: makers write it where they do not know.
  private mutating func take(_ north: Double?, _ east: Double?) -> Bool {
    guard let north, let east, abs(north) <= 90, abs(east) <= 180, north != 0 || east != 0 else {
      return false
    }
    latitude = north
    longitude = east
    return true
  }

  private mutating func readNumber<Failure: Error>(
    _ value: ([String]) throws(Failure) -> GeoValue
  ) throws(Failure) {
    var other: String?
    for path in Self.numbers {
      let found = try value(path)
      if let (number, name) = Self.system(found) {
        if number > 0 {
          autonomousSystemNumber = number
          autonomousSystemName = name
          return
        }
        continue
      }
      if case .map = found { continue }
      other = other ?? found.shown
    }
    // IPinfo's older databases say both in one text; elsewhere it is an organisation of any kind.
    if other == nil, case .text(let text) = try value(["org"]), text.hasPrefix("AS"),
      let (number, name) = Self.system(.text(text))
    {
      autonomousSystemNumber = number
      autonomousSystemName = name
    }
    if let other { unread.append("AS number \(other)") }
  }

  /// `64500`, `AS64500`, `AS64500 Example Net`, `64500 Example Net`, as a number of any type or as text.
  private static func system(_ value: GeoValue) -> (number: UInt32, name: String?)? {
    if let number = value.number { return UInt32(exactly: number).map { ($0, nil) } }
    guard case .text(let text) = value else { return nil }
    let trimmed = GeoValue.trimmed(text)
    let word = trimmed.prefix { !$0.isWhitespace }
    let name = GeoValue.trimmed(String(trimmed.dropFirst(word.count)))
    let upper = word.uppercased()
    let mark = ["ASN", "AS"].first { upper.hasPrefix($0) } ?? ""
    return UInt32(upper.dropFirst(mark.count)).map { ($0, name.isEmpty ? nil : name) }
  }

  private mutating func readName<Failure: Error>(
    _ value: ([String]) throws(Failure) -> GeoValue
  ) throws(Failure) {
    // A name alone is that of the AS where the record is flat and of one AS; beside a provider's name
    // the organisation is who uses the network.
    var isOfSystem = autonomousSystemNumber != nil && autonomousSystemName == nil
    if isOfSystem, case .text = try value(["isp"]) { isOfSystem = false }
    for path in Self.names + (isOfSystem ? [["name"], ["organization"]] : []) {
      guard case .text(let text) = try value(path), !text.isEmpty else { continue }
      autonomousSystemName = text
      return
    }
  }
}

/// What a database can say that is read.
public enum GeoField: String, Sendable, CaseIterable {
  case country
  case coordinates
  case number = "AS number"
  case name = "AS organisation"
}

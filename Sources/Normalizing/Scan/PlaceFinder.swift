import Geolocation
import Memoization
import Records
import Timekeeping

/// Where addresses are, remembered for as many as honest scans have, and what each database knew.
struct PlaceFinder {
  private struct Found {
    let place: Geography
    let said: [GeoAnswer.Saying]
  }

  private let geolocator: Geolocator
  private var known = Memo<String, Found>(capacity: 1 << 13)
  /// Addresses of the scan.
  private var asked: Set<String> = []
  private var tallies: [DatabaseTally]

  init(_ geolocator: Geolocator) {
    self.geolocator = geolocator
    tallies = geolocator.databases.map { _ in DatabaseTally() }
  }

  mutating func place(of address: String) throws(GeolocationError) -> Geography {
    let found = try find(address)
    if !found.said.isEmpty, asked.insert(address).inserted {
      for (index, saying) in found.said.enumerated() { tallies[index].take(saying) }
    }
    return found.place
  }

  private mutating func find(_ address: String) throws(GeolocationError) -> Found {
    if let found = known.value(for: address) { return found }
    let answer = try geolocator.answer(to: address)
    let location = answer.location
    let precision: LocationPrecision? =
      switch location.precision {
      case .coordinates: .coordinates
      case .countryCentroid: .countryCentroid
      case .unknown: nil
      }
    let place = Geography().with {
      $0.country = location.countryCode
      $0.asn = location.autonomousSystemNumber.map { Int($0) }
      $0.asName = location.autonomousSystemName
      $0.latitude = location.latitude
      $0.longitude = location.longitude
      $0.locationPrecision = precision
    }
    let found = Found(place: place, said: answer.said)
    known.keep(found, for: address)
    return found
  }

  /// What the databases knew of the addresses of one scan; the next is counted anew.
  mutating func takeUse() -> [DatabaseUse] {
    let uses = zip(geolocator.databases, tallies).enumerated().map { index, pair in
      pair.1.use(of: pair.0, position: index + 1)
    }
    asked = []
    tallies = geolocator.databases.map { _ in DatabaseTally() }
    return uses
  }
}

/// What one database knew.
struct DatabaseTally {
  /// Different things that cannot be read; the rest is counted together.
  private static let mostUnread = 20
  private static let others = "other values"

  private(set) var asked = 0
  private(set) var known = 0
  private(set) var fields: Set<GeoField> = []
  private(set) var unread: [String: Int] = [:]

  mutating func take(_ saying: GeoAnswer.Saying) {
    asked += 1
    if !saying.fields.isEmpty { known += 1 }
    fields.formUnion(saying.fields)
    for text in saying.unread { add(text) }
  }

  private mutating func add(_ text: String) {
    let isRoom = unread.count < Self.mostUnread || unread[text] != nil
    unread[isRoom ? text : Self.others, default: 0] += 1
  }

  func use(of database: GeoDatabase, position: Int) -> DatabaseUse {
    DatabaseUse().with {
      $0.position = position
      $0.type = database.databaseType
      $0.built =
        database.buildEpoch == 0
        ? nil : UTCTime.text(seconds: Int(clamping: database.buildEpoch))
      $0.asked = asked
      $0.known = known
      $0.fields = GeoField.allCases.filter { fields.contains($0) }.map(\.rawValue)
      $0.unread = unread.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }
  }
}

import Geolocation
import Records

/// Where addresses are, remembered for as many as honest scans have.
struct PlaceFinder {
  struct Place {
    var country: String?
    var asn: Int?
    var asName: String?
    var latitude: Double?
    var longitude: Double?
    var precision: LocationPrecision?
  }

  /// So that a series of floods, each of other addresses, does not fill the memory.
  private static let mostKnown = 1 << 14

  private let geolocator: Geolocator
  private var known: [String: Place] = [:]

  init(_ geolocator: Geolocator) { self.geolocator = geolocator }

  mutating func place(of address: String) throws(GeolocationError) -> Place {
    if let place = known[address] { return place }
    let location = try geolocator.location(of: address)
    let precision: LocationPrecision? =
      switch location.precision {
      case .coordinates: .coordinates
      case .countryCentroid: .countryCentroid
      case .unknown: nil
      }
    let place = Place(
      country: location.countryCode, asn: location.autonomousSystemNumber.map { Int($0) },
      asName: location.autonomousSystemName, latitude: location.latitude,
      longitude: location.longitude, precision: precision)
    if known.count >= Self.mostKnown { known = [:] }
    known[address] = place
    return place
  }
}

import Geolocation
import Records

/// Where addresses are, remembered for as many as honest scans have.
struct PlaceFinder {
  /// So that a series of floods, each of other addresses, does not fill the memory.
  private static let mostKnown = 1 << 14

  private let geolocator: Geolocator
  private var known: [String: Geography] = [:]

  init(_ geolocator: Geolocator) { self.geolocator = geolocator }

  mutating func place(of address: String) throws(GeolocationError) -> Geography {
    if let place = known[address] { return place }
    let location = try geolocator.location(of: address)
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
    if known.count >= Self.mostKnown { known = [:] }
    known[address] = place
    return place
  }
}

import Geolocation
import Records

/// Where addresses are, remembered for the addresses of a series.
struct PlaceFinder {
  struct Place {
    var country: String?
    var asn: Int?
    var asName: String?
    var latitude: Double?
    var longitude: Double?
    var precision: LocationPrecision?
  }

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
    known[address] = place
    return place
  }
}

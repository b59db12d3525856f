import Geolocation
import Memoization
import Records

/// Where addresses are, remembered for as many as honest scans have.
struct PlaceFinder {
  private let geolocator: Geolocator
  private var places = Memo<String, Geography>(capacity: 1 << 13)

  init(_ geolocator: Geolocator) { self.geolocator = geolocator }

  mutating func place(of address: String) throws(GeolocationError) -> Geography {
    let geolocator = geolocator
    return try places.value(for: address) { () throws(GeolocationError) in
      try Self.find(address, geolocator)
    }
  }

  private static func find(
    _ address: String, _ geolocator: Geolocator
  ) throws(GeolocationError) -> Geography {
    let location = try geolocator.location(of: address)
    let precision: LocationPrecision? =
      switch location.precision {
      case .coordinates: .coordinates
      case .countryCentroid: .countryCentroid
      case .unknown: nil
      }
    return Geography().with {
      $0.country = location.countryCode
      $0.asn = location.autonomousSystemNumber.map { Int($0) }
      $0.asName = location.autonomousSystemName
      $0.latitude = location.latitude
      $0.longitude = location.longitude
      $0.locationPrecision = precision
    }
  }
}

/// Addresses -> places, over any number of databases: the first that knows a field decides it.
public struct Geolocator: Sendable {
  private let databases: [GeoDatabase]

  /// Databases in order of trust; none is allowed and knows nothing.
  public init(databases: [GeoDatabase]) {
    self.databases = databases
  }

  /// Opens the files in order of trust.
  public init(paths: [String]) throws(GeolocationError) {
    var databases: [GeoDatabase] = []
    for path in paths { databases.append(try GeoDatabase(path: path)) }
    self.databases = databases
  }

  /// What is known of a numeric address; all unknown for a name, an onion address or other text.
  ///
  /// An IPv6 address that carries the IPv4 address of its host (`NetworkAddress.host`) is located by
  /// that.
  /// Latitude and longitude always come from one database; where none has them, from the table of
  /// country centroids, and `precision` says so.
  public func location(of addressText: String) throws(GeolocationError) -> GeoLocation {
    var location = GeoLocation()
    guard let address = NetworkAddress(addressText)?.host else { return location }
    for database in databases {
      guard let record = try database.record(for: address) else { continue }
      location.countryCode = location.countryCode ?? record.countryCode
      if location.autonomousSystemNumber == nil {
        location.autonomousSystemNumber = record.autonomousSystemNumber
        location.autonomousSystemName = record.autonomousSystemName
      } else if location.autonomousSystemName == nil,
        location.autonomousSystemNumber == record.autonomousSystemNumber
      {
        location.autonomousSystemName = record.autonomousSystemName
      }
      if location.latitude == nil, let latitude = record.latitude,
        let longitude = record.longitude
      {
        location.latitude = latitude
        location.longitude = longitude
        location.precision = .coordinates
      }
    }
    addCentroid(to: &location)
    return location
  }

  private func addCentroid(to location: inout GeoLocation) {
    guard location.latitude == nil, let code = location.countryCode,
      let centroid = CountryCentroids.byCode[code]
    else { return }
    location.latitude = centroid.latitude
    location.longitude = centroid.longitude
    location.precision = .countryCentroid
  }
}

/// Addresses -> places, over any number of databases: the first that knows a field decides it.
public struct Geolocator: Sendable {
  public let databases: [GeoDatabase]

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
    try answer(to: addressText).location
  }

  /// What is known of a numeric address, and what each database said of it; nobody is asked for other
  /// text.
  public func answer(to addressText: String) throws(GeolocationError) -> GeoAnswer {
    var location = GeoLocation()
    guard let address = NetworkAddress(addressText)?.host else { return GeoAnswer() }
    var said: [GeoAnswer.Saying] = []
    for database in databases {
      let record = try database.record(for: address)
      said.append(
        GeoAnswer.Saying(fields: record?.fields ?? [], unread: record?.unread ?? []))
      guard let record else { continue }
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
    return GeoAnswer(location: location, said: said)
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

/// What the databases know of one address.
public struct GeoAnswer: Sendable, Equatable {
  /// What one database says of it.
  public struct Saying: Sendable, Hashable {
    /// Nothing: it does not know the address.
    public let fields: [GeoField]
    /// What is there and cannot be read, in words.
    public let unread: [String]
  }

  public var location = GeoLocation()
  /// One a database, in order of trust; none: the text is no address.
  public var said: [Saying] = []
}

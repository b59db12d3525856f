/// What one database says of one address; nil is "does not say".
struct GeoRecord: Equatable, Sendable {
  /// ISO 3166-1 alpha-2, upper case.
  var countryCode: String?
  /// WGS 84 degrees north and east.
  var latitude: Double?
  var longitude: Double?
  var autonomousSystemNumber: UInt32?
  var autonomousSystemName: String?
}

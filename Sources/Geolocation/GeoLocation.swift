/// Where an address is, as far as the databases know; nil is unknown.
public struct GeoLocation: Equatable, Sendable {
  /// How far `latitude` and `longitude` can be believed.
  public enum Precision: String, Sendable, CaseIterable {
    /// The database's own coordinates (their makers state errors of up to hundreds of km).
    case coordinates
    /// The middle of the country: only the country is known.
    case countryCentroid = "country-centroid"
    /// No coordinates.
    case unknown
  }

  /// ISO 3166-1 alpha-2, upper case.
  public var countryCode: String?
  public var autonomousSystemNumber: UInt32?
  public var autonomousSystemName: String?
  /// WGS 84 degrees north.
  public var latitude: Double?
  /// WGS 84 degrees east.
  public var longitude: Double?
  public var precision = Precision.unknown

  public init() {}
}

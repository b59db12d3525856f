public import Artifact

/// Where an address is, by the GeoIP databases: columns of endpoints and of servers.
public struct Geography: ColumnGroup, Equatable {
  public var country: String?
  public var asn: Int?
  public var asName: String?
  public var latitude: Double?
  public var longitude: Double?
  public var locationPrecision: LocationPrecision?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "country", &country, "ISO 3166-1 alpha-2 country of the address.",
      nil: "no GeoIP database names one")
    try c.integer(
      "asn", &asn, "Autonomous system number of the address.", nil: "no GeoIP database names one")
    try c.text(
      "as_name", &asName, "Organisation of the autonomous system.",
      nil: "no GeoIP database names one")
    try c.number(
      "latitude", &latitude, digits: 6, "Latitude, WGS 84.", unit: "degrees north",
      nil: "no location is known")
    try c.number(
      "longitude", &longitude, digits: 6, "Longitude, WGS 84.", unit: "degrees east",
      nil: "no location is known")
    try c.word(
      "location_precision", &locationPrecision, "Where the coordinates come from.",
      nil: "no location is known")
  }
}

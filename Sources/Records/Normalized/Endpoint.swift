public import Artifact

/// A network address, port and transport at which a server may be reached.
public struct Endpoint: ArtifactRow, Equatable {
  /// Stable id: `e_` and a hash of network, address, port and transport.
  public var endpointID: String
  /// The server that the endpoint was resolved to.
  public var serverID: String
  /// Address family.
  public var network: Network
  /// Names by which the endpoint is listed or reached; the address where there is none.
  public var host: [String]
  /// IP address in canonical form, or the onion name; empty where a name could not be resolved.
  public var address: String
  /// TCP port.
  public var port: Int
  /// Transport.
  public var transport: Transport
  /// `answered` where the server identified itself in any attempt, else the last attempt's code.
  public var outcome: Outcome
  /// True where a connection was attempted.
  public var tested: Bool
  /// True where a connection was established (and TLS completed, on ssl).
  public var reached: Bool
  /// Attempts in this scan.
  public var attempts: Int
  /// Attempts in which the server identified itself.
  public var answeredAttempts: Int
  /// Distinct sources that list the endpoint.
  public var advertisers: Int
  /// Median duration of the TCP handshake. Unit: ms. nil: never measured.
  public var connectMilliseconds: Double?
  /// Median duration of the TLS handshake. Unit: ms. nil: never measured.
  public var tlsMilliseconds: Double?
  /// TLS version of the last handshake. nil: no handshake, or not recorded.
  public var tlsVersion: String?
  /// Cipher suite of the last handshake. nil: no handshake, or not recorded.
  public var tlsCipher: String?
  /// SHA-256 of the leaf certificate. nil: no certificate was seen.
  public var certificateSHA256: String?
  /// ISO 3166-1 alpha-2 country of the address. nil: no GeoIP database names one.
  public var country: String?
  /// Autonomous system number of the address. nil: no GeoIP database names one.
  public var asn: Int?
  /// Organisation of the autonomous system. nil: no GeoIP database names one.
  public var asName: String?
  /// Latitude, WGS 84. Unit: degrees north. nil: no location is known.
  public var latitude: Double?
  /// Longitude, WGS 84. Unit: degrees east. nil: no location is known.
  public var longitude: Double?
  /// Where the coordinates come from. nil: no location is known.
  public var locationPrecision: LocationPrecision?
  /// What TLS handshakes showed beside version and cipher suite.
  public var handshake: HandshakeFacts

  public init(
    endpointID: String, serverID: String, network: Network, host: [String] = [], address: String,
    port: Int, transport: Transport, outcome: Outcome, tested: Bool, reached: Bool, attempts: Int,
    answeredAttempts: Int, advertisers: Int, connectMilliseconds: Double? = nil,
    tlsMilliseconds: Double? = nil, tlsVersion: String? = nil, tlsCipher: String? = nil,
    certificateSHA256: String? = nil, country: String? = nil, asn: Int? = nil,
    asName: String? = nil, latitude: Double? = nil, longitude: Double? = nil,
    locationPrecision: LocationPrecision? = nil, handshake: HandshakeFacts = HandshakeFacts()
  ) {
    self.endpointID = endpointID
    self.serverID = serverID
    self.network = network
    self.host = host
    self.address = address
    self.port = port
    self.transport = transport
    self.outcome = outcome
    self.tested = tested
    self.reached = reached
    self.attempts = attempts
    self.answeredAttempts = answeredAttempts
    self.advertisers = advertisers
    self.connectMilliseconds = connectMilliseconds
    self.tlsMilliseconds = tlsMilliseconds
    self.tlsVersion = tlsVersion
    self.tlsCipher = tlsCipher
    self.certificateSHA256 = certificateSHA256
    self.country = country
    self.asn = asn
    self.asName = asName
    self.latitude = latitude
    self.longitude = longitude
    self.locationPrecision = locationPrecision
    self.handshake = handshake
  }
}

extension Endpoint {
  static let columns: [Column] = ownColumns + HandshakeFacts.columns

  private static let ownColumns: [Column] = [
    Column(
      "endpoint_id", .text, "Stable id: `e_` and a hash of network, address, port and transport."),
    Column("server_id", .text, "The server that the endpoint was resolved to."),
    Column("network", .word(Network.words), "Address family."),
    Column(
      "host", .texts,
      "Names by which the endpoint is listed or reached; the address where there is none."),
    Column(
      "address", .text,
      "IP address in canonical form, or the onion name; empty where a name could not be resolved."),
    Column("port", .integer, "TCP port."),
    Column("transport", .word(Transport.words), "Transport."),
    Column(
      "outcome", .word(Outcome.words),
      "`answered` where the server identified itself in any attempt, else the last attempt's code."),
    Column("tested", .boolean, "True where a connection was attempted."),
    Column(
      "reached", .boolean, "True where a connection was established (and TLS completed, on ssl)."),
    Column("attempts", .integer, "Attempts in this scan."),
    Column("answered_attempts", .integer, "Attempts in which the server identified itself."),
    Column("advertisers", .integer, "Distinct sources that list the endpoint."),
    Column(
      "connect_ms", .number(significantDigits: 6), "Median duration of the TCP handshake.",
      unit: "ms", empty: "never measured"),
    Column(
      "tls_ms", .number(significantDigits: 6), "Median duration of the TLS handshake.", unit: "ms",
      empty: "never measured"),
    Column(
      "tls_version", .text, "TLS version of the last handshake.",
      empty: "no handshake, or not recorded"),
    Column(
      "tls_cipher", .text, "Cipher suite of the last handshake.",
      empty: "no handshake, or not recorded"),
    Column(
      "certificate_sha256", .text, "SHA-256 of the leaf certificate.",
      empty: "no certificate was seen"),
    Column(
      "country", .text, "ISO 3166-1 alpha-2 country of the address.",
      empty: "no GeoIP database names one"),
    Column(
      "asn", .integer, "Autonomous system number of the address.",
      empty: "no GeoIP database names one"),
    Column(
      "as_name", .text, "Organisation of the autonomous system.",
      empty: "no GeoIP database names one"),
    Column(
      "latitude", .number(significantDigits: 6), "Latitude, WGS 84.", unit: "degrees north",
      empty: "no location is known"),
    Column(
      "longitude", .number(significantDigits: 6), "Longitude, WGS 84.", unit: "degrees east",
      empty: "no location is known"),
    Column(
      "location_precision", .word(LocationPrecision.words), "Where the coordinates come from.",
      empty: "no location is known"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.endpoints", version: 1, encoding: .csv, key: ["endpoint_id"],
    summary: "Every endpoint that was listed or tried in the scan.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(endpointID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("endpoint_id", endpointID)
    encoder.text("server_id", serverID)
    encoder.text("network", network.rawValue)
    encoder.texts("host", host)
    encoder.text("address", address)
    encoder.integer("port", port)
    encoder.text("transport", transport.rawValue)
    encoder.text("outcome", outcome.rawValue)
    encoder.boolean("tested", tested)
    encoder.boolean("reached", reached)
    encoder.integer("attempts", attempts)
    encoder.integer("answered_attempts", answeredAttempts)
    encoder.integer("advertisers", advertisers)
    encoder.number("connect_ms", connectMilliseconds, significantDigits: 6)
    encoder.number("tls_ms", tlsMilliseconds, significantDigits: 6)
    encoder.text("tls_version", tlsVersion)
    encoder.text("tls_cipher", tlsCipher)
    encoder.text("certificate_sha256", certificateSHA256)
    encoder.text("country", country)
    encoder.integer("asn", asn)
    encoder.text("as_name", asName)
    encoder.number("latitude", latitude, significantDigits: 6)
    encoder.number("longitude", longitude, significantDigits: 6)
    encoder.text("location_precision", locationPrecision?.rawValue)
    handshake.encode(to: &encoder)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    endpointID = try decoder.text("endpoint_id")
    serverID = try decoder.text("server_id")
    network = try decoder.word("network", Network.self)
    host = try decoder.texts("host")
    address = try decoder.text("address")
    port = try decoder.integer("port")
    transport = try decoder.word("transport", Transport.self)
    outcome = try decoder.word("outcome", Outcome.self)
    tested = try decoder.boolean("tested")
    reached = try decoder.boolean("reached")
    attempts = try decoder.integer("attempts")
    answeredAttempts = try decoder.integer("answered_attempts")
    advertisers = try decoder.integer("advertisers")
    connectMilliseconds = try decoder.optionalNumber("connect_ms")
    tlsMilliseconds = try decoder.optionalNumber("tls_ms")
    tlsVersion = try decoder.optionalText("tls_version")
    tlsCipher = try decoder.optionalText("tls_cipher")
    certificateSHA256 = try decoder.optionalText("certificate_sha256")
    country = try decoder.optionalText("country")
    asn = try decoder.optionalInteger("asn")
    asName = try decoder.optionalText("as_name")
    latitude = try decoder.optionalNumber("latitude")
    longitude = try decoder.optionalNumber("longitude")
    locationPrecision = try decoder.optionalWord("location_precision", LocationPrecision.self)
    handshake = try HandshakeFacts(from: &decoder)
  }
}

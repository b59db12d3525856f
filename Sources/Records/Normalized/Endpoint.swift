public import Artifact

/// A network address, port and transport at which a server may be reached.
public struct Endpoint: ListedRow, Equatable {
  public static let schema = table(
    "normalized.endpoints", version: 1, .csv, key: ["endpoint_id"],
    "Every endpoint that was listed or tried in the scan.")

  public var endpointID = ""
  public var serverID = ""
  public var network = AddressFamily.ipv4
  public var host: [String] = []
  public var address = ""
  public var port = 0
  public var transport = Transport.tcp
  public var outcome = Outcome.untestedNotApplicable
  public var tested = false
  public var reached = false
  public var attempts = 0
  public var answeredAttempts = 0
  public var advertisers = 0
  public var connectMilliseconds: Double?
  public var tlsMilliseconds: Double?
  public var tlsVersion: String?
  public var tlsCipher: String?
  public var certificateSHA256: String?
  /// Where its address is, by the GeoIP databases.
  public var geography = Geography()
  /// What TLS handshakes showed beside version and cipher suite.
  public var handshake = HandshakeFacts()

  public init(
    endpointID: String, serverID: String, network: AddressFamily, address: String,
    transport: Transport,
    outcome: Outcome
  ) {
    self.endpointID = endpointID
    self.serverID = serverID
    self.network = network
    self.address = address
    self.transport = transport
    self.outcome = outcome
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "endpoint_id", &endpointID,
      "Stable id: `e_` and a hash of network, address, port and transport.")
    try c.text("server_id", &serverID, "The server that the endpoint was resolved to.")
    try c.word("network", &network, "Address family.")
    try c.texts(
      "host", &host,
      "Names by which the endpoint is listed or reached; the address where there is none.")
    try c.text(
      "address", &address,
      "IP address in canonical form, or the onion name; empty where a name could not be resolved.")
    try c.integer("port", &port, "TCP port.")
    try c.word("transport", &transport, "Transport.")
    try c.word(
      "outcome", &outcome,
      "`answered` where the server identified itself in any attempt, else the last attempt's code.")
    try c.boolean("tested", &tested, "True where a connection was attempted.")
    try c.boolean(
      "reached", &reached, "True where a connection was established (and TLS completed, on ssl).")
    try c.integer("attempts", &attempts, "Attempts in this scan.")
    try c.integer(
      "answered_attempts", &answeredAttempts, "Attempts in which the server identified itself.")
    try c.integer("advertisers", &advertisers, "Distinct sources that list the endpoint.")
    try c.number(
      "connect_ms", &connectMilliseconds, digits: 6, "Median duration of the TCP handshake.",
      unit: "ms", nil: "never measured")
    try c.number(
      "tls_ms", &tlsMilliseconds, digits: 6, "Median duration of the TLS handshake.", unit: "ms",
      nil: "never measured")
    try c.text(
      "tls_version", &tlsVersion, "TLS version of the last handshake.",
      nil: "no handshake, or not recorded")
    try c.text(
      "tls_cipher", &tlsCipher, "Cipher suite of the last handshake.",
      nil: "no handshake, or not recorded")
    try c.text(
      "certificate_sha256", &certificateSHA256, "SHA-256 of the leaf certificate.",
      nil: "no certificate was seen")
    try c.group(&geography)
    try c.group(&handshake)
  }

  public var sortKey: SortKey { .of(endpointID) }
}

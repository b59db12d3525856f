public import Artifact

/// One attempt at one endpoint, with the exact bytes that left and arrived.
///
/// All times are microseconds of a monotonic clock since the start of the attempt.
public struct Connection: ListedRow, Equatable {
  public static let schema = table(
    "raw.connections", version: 1, .jsonl,
    key: ["network", "address", "host", "port", "transport", "attempt"],
    "One row an attempt at an endpoint: phases, exact bytes, typed outcomes.")

  public var address = ""
  public var attempt = 0
  public var bytesReceived = 0
  public var bytesSent = 0
  public var connectMicroseconds: Int?
  public var detail = ""
  public var durationMicroseconds: Int?
  public var exchanges: [Exchange] = []
  public var host = ""
  public var network = AddressFamily.ipv4
  public var outcome = Outcome.untestedNotApplicable
  public var port = 0
  public var received: [Chunk] = []
  public var resolveMicroseconds: Int?
  public var roundTripMicroseconds: Int?
  public var sent: [Chunk] = []
  public var session = ""
  public var socksMicroseconds: Int?
  public var startedAt: String?
  public var tls: TLSFacts?
  public var transport = Transport.tcp
  public var truncated = false

  public init(
    address: String, detail: String, host: String, network: AddressFamily, outcome: Outcome,
    transport: Transport
  ) {
    self.address = address
    self.detail = detail
    self.host = host
    self.network = network
    self.outcome = outcome
    self.transport = transport
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "address", &address,
      "IP address in canonical form, or the onion name; empty where a name could not be resolved.")
    try c.integer(
      "attempt", &attempt, "Number of the connection to this endpoint in this scan, from 1.")
    try c.integer("bytes_received", &bytesReceived, "Bytes received after TLS.", unit: "bytes")
    try c.integer("bytes_sent", &bytesSent, "Bytes sent before TLS.", unit: "bytes")
    try c.integer(
      "connect_us", &connectMicroseconds,
      "Duration of the TCP handshake, with the proxy where there is one.", unit: "µs",
      nil: "no connection was made, or its time is not known")
    try c.text(
      "detail", &detail,
      "What the system or the TLS library said of a failure; empty where nothing failed.")
    try c.integer(
      "duration_us", &durationMicroseconds, "From the start of the attempt to its end.", unit: "µs",
      nil: "not known (imported)")
    try c.objects("exchanges", &exchanges, "The probes in the order they were sent.")
    try c.text("host", &host, "Name used for server name indication, or the address.")
    try c.word("network", &network, "Address family.")
    try c.word("outcome", &outcome, "How the attempt ended.")
    try c.integer("port", &port, "TCP port.")
    try c.objects("received", &received, "What arrived, chunk by chunk.")
    try c.integer(
      "resolve_us", &resolveMicroseconds, "Duration of the name look-up.", unit: "µs",
      nil: "no name was looked up for this attempt")
    try c.integer(
      "round_trip_us", &roundTripMicroseconds,
      "Smallest answer time of a ping that no padding can have delayed.", unit: "µs",
      nil: "no such ping")
    try c.objects("sent", &sent, "What was sent, chunk by chunk.")
    try c.text("session", &session, "Which connection of the plan this is.")
    try c.integer(
      "socks_us", &socksMicroseconds, "Duration of the proxy's part.", unit: "µs",
      nil: "no proxy, or it never answered")
    try c.timestamp(
      "started_at", &startedAt, "Start of the attempt, UTC.", nil: "not known (imported)")
    try c.object(
      "tls", &tls, "What the TLS handshake showed, also one that failed.",
      nil: "no TLS, or nothing of it arrived")
    try c.word("transport", &transport, "Transport of the endpoint.")
    try c.boolean(
      "truncated", &truncated, "True where the byte limit of a connection cut the evidence short.")
  }

  public var sortKey: SortKey { .of(network, address, host, port, transport, attempt) }
}

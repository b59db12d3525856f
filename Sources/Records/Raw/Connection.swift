public import Artifact

/// One attempt at one endpoint, with the exact bytes that left and arrived.
///
/// All times are microseconds of a monotonic clock since the start of the attempt.
public struct Connection: ArtifactRow, Equatable {
  /// IP address in canonical form, or the onion name; empty where a name could not be resolved.
  public var address: String
  /// Number of the connection to this endpoint in this scan, from 1.
  public var attempt: Int
  /// Bytes received after TLS. Unit: bytes.
  public var bytesReceived: Int
  /// Bytes sent before TLS. Unit: bytes.
  public var bytesSent: Int
  /// Duration of the TCP handshake, with the proxy where there is one. Unit: µs. nil: no connection was made, or its time is not known.
  public var connectMicroseconds: Int?
  /// What the system or the TLS library said of a failure; empty where nothing failed.
  public var detail: String
  /// From the start of the attempt to its end. Unit: µs. nil: not known (imported).
  public var durationMicroseconds: Int?
  /// The probes in the order they were sent.
  public var exchanges: [Exchange]
  /// Name used for server name indication, or the address.
  public var host: String
  /// Address family.
  public var network: Network
  /// How the attempt ended.
  public var outcome: Outcome
  /// TCP port.
  public var port: Int
  /// What arrived, chunk by chunk.
  public var received: [Chunk]
  /// Duration of the name look-up. Unit: µs. nil: no name was looked up for this attempt.
  public var resolveMicroseconds: Int?
  /// Smallest answer time of a ping that no padding can have delayed. Unit: µs. nil: no such ping.
  public var roundTripMicroseconds: Int?
  /// What was sent, chunk by chunk.
  public var sent: [Chunk]
  /// Which connection of the plan this is.
  public var session: String
  /// Duration of the proxy's part. Unit: µs. nil: no proxy, or it never answered.
  public var socksMicroseconds: Int?
  /// Start of the attempt, UTC. nil: not known (imported).
  public var startedAt: String?
  /// What the TLS handshake showed, also one that failed. nil: no TLS, or nothing of it arrived.
  public var tls: TLSFacts?
  /// Transport of the endpoint.
  public var transport: Transport
  /// True where the byte limit of a connection cut the evidence short.
  public var truncated: Bool

  public init(
    address: String, attempt: Int, bytesReceived: Int, bytesSent: Int,
    connectMicroseconds: Int? = nil, detail: String, durationMicroseconds: Int? = nil,
    exchanges: [Exchange] = [], host: String, network: Network, outcome: Outcome, port: Int,
    received: [Chunk] = [], resolveMicroseconds: Int? = nil, roundTripMicroseconds: Int? = nil,
    sent: [Chunk] = [], session: String = "main", socksMicroseconds: Int? = nil,
    startedAt: String? = nil, tls: TLSFacts? = nil, transport: Transport, truncated: Bool
  ) {
    self.address = address
    self.attempt = attempt
    self.bytesReceived = bytesReceived
    self.bytesSent = bytesSent
    self.connectMicroseconds = connectMicroseconds
    self.detail = detail
    self.durationMicroseconds = durationMicroseconds
    self.exchanges = exchanges
    self.host = host
    self.network = network
    self.outcome = outcome
    self.port = port
    self.received = received
    self.resolveMicroseconds = resolveMicroseconds
    self.roundTripMicroseconds = roundTripMicroseconds
    self.sent = sent
    self.session = session
    self.socksMicroseconds = socksMicroseconds
    self.startedAt = startedAt
    self.tls = tls
    self.transport = transport
    self.truncated = truncated
  }
}

extension Connection {
  static let columns: [Column] = [
    Column(
      "address", .text,
      "IP address in canonical form, or the onion name; empty where a name could not be resolved."),
    Column("attempt", .integer, "Number of the connection to this endpoint in this scan, from 1."),
    Column("bytes_received", .integer, "Bytes received after TLS.", unit: "bytes"),
    Column("bytes_sent", .integer, "Bytes sent before TLS.", unit: "bytes"),
    Column(
      "connect_us", .integer,
      "Duration of the TCP handshake, with the proxy where there is one.", unit: "µs",
      empty: "no connection was made, or its time is not known"),
    Column(
      "detail", .text,
      "What the system or the TLS library said of a failure; empty where nothing failed."),
    Column(
      "duration_us", .integer, "From the start of the attempt to its end.", unit: "µs",
      empty: "not known (imported)"),
    Column("exchanges", .objects(Exchange.columns), "The probes in the order they were sent."),
    Column("host", .text, "Name used for server name indication, or the address."),
    Column("network", .word(Network.words), "Address family."),
    Column("outcome", .word(Outcome.words), "How the attempt ended."),
    Column("port", .integer, "TCP port."),
    Column("received", .objects(Chunk.columns), "What arrived, chunk by chunk."),
    Column(
      "resolve_us", .integer, "Duration of the name look-up.", unit: "µs",
      empty: "no name was looked up for this attempt"),
    Column(
      "round_trip_us", .integer,
      "Smallest answer time of a ping that no padding can have delayed.", unit: "µs",
      empty: "no such ping"),
    Column("sent", .objects(Chunk.columns), "What was sent, chunk by chunk."),
    Column("session", .text, "Which connection of the plan this is."),
    Column(
      "socks_us", .integer, "Duration of the proxy's part.", unit: "µs",
      empty: "no proxy, or it never answered"),
    Column("started_at", .timestamp, "Start of the attempt, UTC.", empty: "not known (imported)"),
    Column(
      "tls", .object(TLSFacts.columns), "What the TLS handshake showed, also one that failed.",
      empty: "no TLS, or nothing of it arrived"),
    Column("transport", .word(Transport.words), "Transport of the endpoint."),
    Column(
      "truncated", .boolean, "True where the byte limit of a connection cut the evidence short."),
  ]

  public static let schema = ArtifactSchema(
    id: "raw.connections", version: 1, encoding: .jsonl,
    key: ["network", "address", "host", "port", "transport", "attempt"],
    summary: "One row an attempt at an endpoint: phases, exact bytes, typed outcomes.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(network.rawValue)
    key.append(address)
    key.append(host)
    key.append(port)
    key.append(transport.rawValue)
    key.append(attempt)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("address", address)
    encoder.integer("attempt", attempt)
    encoder.integer("bytes_received", bytesReceived)
    encoder.integer("bytes_sent", bytesSent)
    encoder.integer("connect_us", connectMicroseconds)
    encoder.text("detail", detail)
    encoder.integer("duration_us", durationMicroseconds)
    encoder.objects("exchanges", exchanges) { $1.encode(to: &$0) }
    encoder.text("host", host)
    encoder.text("network", network.rawValue)
    encoder.text("outcome", outcome.rawValue)
    encoder.integer("port", port)
    encoder.objects("received", received) { $1.encode(to: &$0) }
    encoder.integer("resolve_us", resolveMicroseconds)
    encoder.integer("round_trip_us", roundTripMicroseconds)
    encoder.objects("sent", sent) { $1.encode(to: &$0) }
    encoder.text("session", session)
    encoder.integer("socks_us", socksMicroseconds)
    encoder.text("started_at", startedAt)
    encoder.object("tls", tls.map { value in { value.encode(to: &$0) } })
    encoder.text("transport", transport.rawValue)
    encoder.boolean("truncated", truncated)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    address = try decoder.text("address")
    attempt = try decoder.integer("attempt")
    bytesReceived = try decoder.integer("bytes_received")
    bytesSent = try decoder.integer("bytes_sent")
    connectMicroseconds = try decoder.optionalInteger("connect_us")
    detail = try decoder.text("detail")
    durationMicroseconds = try decoder.optionalInteger("duration_us")
    exchanges = try decoder.objects("exchanges") { decoder throws(ArtifactError) in
      try Exchange(from: &decoder)
    }
    host = try decoder.text("host")
    network = try decoder.word("network", Network.self)
    outcome = try decoder.word("outcome", Outcome.self)
    port = try decoder.integer("port")
    received = try decoder.objects("received") { decoder throws(ArtifactError) in
      try Chunk(from: &decoder)
    }
    resolveMicroseconds = try decoder.optionalInteger("resolve_us")
    roundTripMicroseconds = try decoder.optionalInteger("round_trip_us")
    sent = try decoder.objects("sent") { decoder throws(ArtifactError) in try Chunk(from: &decoder)
    }
    session = try decoder.text("session")
    socksMicroseconds = try decoder.optionalInteger("socks_us")
    startedAt = try decoder.optionalText("started_at")
    tls = try decoder.object("tls") { decoder throws(ArtifactError) in try TLSFacts(from: &decoder)
    }
    transport = try decoder.word("transport", Transport.self)
    truncated = try decoder.boolean("truncated")
  }
}

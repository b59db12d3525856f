public import Artifact

/// How long a server takes over a probe, apart from the way to it.
public struct ServiceTime: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// The probe; pings are the yardstick and have no row.
  public var probe: String
  /// Whether the server was reached as an onion service, whose way varies more.
  public var path: ConnectionPath
  /// Replies whose service time is known.
  public var count: Int
  /// Median of x, within 1/128 of the exact one. Unit: ln(ms). nil: fewer than 5 service times.
  public var median: Double?
  /// 1.4826 times the median absolute deviation of x from its median, within 1.4826/64 of the exact one. Unit: ln(ms). nil: fewer than 5 service times.
  public var spread: Double?
  /// Quantile 0.1 of x (type 7), within 1/128 of the exact one. Unit: ln(ms). nil: fewer than 5 service times.
  public var q10: Double?
  /// Quantile 0.9 of x (type 7), within 1/128 of the exact one. Unit: ln(ms). nil: fewer than 5 service times.
  public var q90: Double?
  /// Replies left out: traffic padding can have held them back, by the rule of its releases.
  public var delayed: Int
  /// Replies left out: whether padding can have held them back is not known (imported).
  public var unjudged: Int
  /// Replies left out: their connection has no undelayed ping.
  public var withoutPing: Int

  public init(
    serverID: String, probe: String, path: ConnectionPath, count: Int, median: Double? = nil,
    spread: Double? = nil, q10: Double? = nil, q90: Double? = nil, delayed: Int, unjudged: Int,
    withoutPing: Int
  ) {
    self.serverID = serverID
    self.probe = probe
    self.path = path
    self.count = count
    self.median = median
    self.spread = spread
    self.q10 = q10
    self.q90 = q90
    self.delayed = delayed
    self.unjudged = unjudged
    self.withoutPing = withoutPing
  }
}

extension ServiceTime {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("probe", .text, "The probe; pings are the yardstick and have no row."),
    Column(
      "path", .word(ConnectionPath.words),
      "Whether the server was reached as an onion service, whose way varies more."),
    Column("n", .integer, "Replies whose service time is known."),
    Column(
      "median", .number(significantDigits: 6), "Median of x, within 1/128 of the exact one.",
      unit: "ln(ms)", empty: "fewer than 5 service times"),
    Column(
      "spread", .number(significantDigits: 6),
      "1.4826 times the median absolute deviation of x from its median, within 1.4826/64 of the exact one.",
      unit: "ln(ms)", empty: "fewer than 5 service times"),
    Column(
      "q10", .number(significantDigits: 6),
      "Quantile 0.1 of x (type 7), within 1/128 of the exact one.", unit: "ln(ms)",
      empty: "fewer than 5 service times"),
    Column(
      "q90", .number(significantDigits: 6),
      "Quantile 0.9 of x (type 7), within 1/128 of the exact one.", unit: "ln(ms)",
      empty: "fewer than 5 service times"),
    Column(
      "delayed", .integer,
      "Replies left out: traffic padding can have held them back, by the rule of its releases."),
    Column(
      "unjudged", .integer,
      "Replies left out: whether padding can have held them back is not known (imported)."),
    Column("without_ping", .integer, "Replies left out: their connection has no undelayed ping."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.service_times", version: 1, encoding: .csv, key: ["server_id", "probe", "path"],
    summary:
      "Service times by server, probe and path: x is the natural logarithm of the milliseconds over the quickest undelayed ping of the same connection, at least 0.2 ms.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(probe)
    key.append(path.rawValue)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("probe", probe)
    encoder.text("path", path.rawValue)
    encoder.integer("n", count)
    encoder.number("median", median, significantDigits: 6)
    encoder.number("spread", spread, significantDigits: 6)
    encoder.number("q10", q10, significantDigits: 6)
    encoder.number("q90", q90, significantDigits: 6)
    encoder.integer("delayed", delayed)
    encoder.integer("unjudged", unjudged)
    encoder.integer("without_ping", withoutPing)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    probe = try decoder.text("probe")
    path = try decoder.word("path", ConnectionPath.self)
    count = try decoder.integer("n")
    median = try decoder.optionalNumber("median")
    spread = try decoder.optionalNumber("spread")
    q10 = try decoder.optionalNumber("q10")
    q90 = try decoder.optionalNumber("q90")
    delayed = try decoder.integer("delayed")
    unjudged = try decoder.integer("unjudged")
    withoutPing = try decoder.integer("without_ping")
  }
}

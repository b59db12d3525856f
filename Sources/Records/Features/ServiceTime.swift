public import Artifact

/// How long a server takes over a probe, apart from the way to it.
public struct ServiceTime: ListedRow, Equatable {
  public static let schema = table(
    "features.service_times", version: 1, .csv, key: ["server_id", "probe", "path"],
    "Service times by server, probe and path: x is the natural logarithm of the milliseconds over the quickest undelayed ping of the same connection, at least 0.2 ms."
  )

  public var serverID = ""
  public var probe = ""
  public var path = ConnectionPath.direct
  public var count = 0
  public var median: Double?
  public var spread: Double?
  public var q10: Double?
  public var q90: Double?
  public var delayed = 0
  public var unjudged = 0
  public var withoutPing = 0

  public init(serverID: String, probe: String, path: ConnectionPath) {
    self.serverID = serverID
    self.probe = probe
    self.path = path
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("probe", &probe, "The probe; pings are the yardstick and have no row.")
    try c.word(
      "path", &path, "Whether the server was reached as an onion service, whose way varies more.")
    try c.integer("n", &count, "Replies whose service time is known.")
    try c.number(
      "median", &median, digits: 6, "Median of x, within 1/128 of the exact one.", unit: "ln(ms)",
      nil: "fewer than 5 service times")
    try c.number(
      "spread", &spread, digits: 6,
      "1.4826 times the median absolute deviation of x from its median, within 1.4826/64 of the exact one.",
      unit: "ln(ms)", nil: "fewer than 5 service times")
    try c.number(
      "q10", &q10, digits: 6, "Quantile 0.1 of x (type 7), within 1/128 of the exact one.",
      unit: "ln(ms)", nil: "fewer than 5 service times")
    try c.number(
      "q90", &q90, digits: 6, "Quantile 0.9 of x (type 7), within 1/128 of the exact one.",
      unit: "ln(ms)", nil: "fewer than 5 service times")
    try c.integer(
      "delayed", &delayed,
      "Replies left out: traffic padding can have held them back, by the rule of its releases.")
    try c.integer(
      "unjudged", &unjudged,
      "Replies left out: whether padding can have held them back is not known (imported).")
    try c.integer(
      "without_ping", &withoutPing, "Replies left out: their connection has no undelayed ping.")
  }

  public var sortKey: SortKey { .of(serverID, probe, path) }
}

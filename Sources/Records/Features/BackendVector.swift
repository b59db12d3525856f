public import Artifact

/// The node behind a server at one time, as numbers that can be compared.
public struct BackendVector: ListedRow, Equatable {
  public static let schema = table(
    "features.backend_vectors", version: 1, .csv, key: ["scan", "endpoint_id", "attempt"],
    "The node behind a server at a time: its mempool as a vector over fee rates, and its fees. Rows in which nothing was observed are left out."
  )

  public var scan = ""
  public var endpointID = ""
  public var attempt = 0
  public var serverID = ""
  public var observedAt: String?
  public var software: String?
  public var softwareVersion: String?
  public var sizeAtLeast: [String] = []
  public var relayFee: Double?
  public var mempoolMinimumFee: Double?
  public var incrementalRelayFee: Double?
  public var fullRBF: Bool?
  /// Fee rates that its node estimates.
  public var estimates = FeeEstimates()

  public init(
    scan: String, endpointID: String, serverID: String
  ) {
    self.scan = scan
    self.endpointID = endpointID
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.timestamp(
      "observed_at", &observedAt,
      "When the fee histogram arrived, else the first of the other values, UTC.",
      nil: "its time is not known")
    try c.text(
      "software", &software,
      "Implementation that the server claims: histograms compare within a pair of implementations.",
      nil: "the value was not observed")
    try c.text(
      "software_version", &softwareVersion, "Version that the server claims.",
      nil: "the value was not observed")
    try c.texts(
      "vsize_at_least", &sizeAtLeast,
      "Complementary cumulative mempool: virtual size of what pays at least each of 64 fee rates, 0.1 to 1000 sat/vB in equal ratios, each rate rounded to 4 significant digits.",
      unit: "vB", nil: "not answered, not asked or malformed")
    try c.number(
      "relay_fee", &relayFee, digits: 9, "Least fee rate that its node relays.", unit: "sat/vB",
      nil: "not answered, not asked or malformed")
    try c.number(
      "mempool_minimum_fee", &mempoolMinimumFee, digits: 9,
      "Least fee rate that its node takes into its mempool.", unit: "sat/vB",
      nil: "not answered, not asked or malformed")
    try c.number(
      "incremental_relay_fee", &incrementalRelayFee, digits: 9,
      "Fee rate by which a replacement must pay more.", unit: "sat/vB",
      nil: "not answered, not asked or malformed")
    try c.boolean(
      "full_rbf", &fullRBF, "Whether its node replaces transactions that do not signal it.",
      nil: "not answered, not asked or malformed, or its software does not say")
    try c.group(&estimates)
  }

  public var sortKey: SortKey { .of(scan, endpointID, attempt) }
}

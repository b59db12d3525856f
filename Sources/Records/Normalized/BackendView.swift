public import Artifact

/// What an attempt showed of the node behind an endpoint: its mempool by fee rate, and its fees.
public struct BackendView: ListedRow, Equatable {
  public static let schema = table(
    "normalized.backends", version: 1, .csv, key: ["endpoint_id", "attempt"],
    "The node behind an endpoint, a row an attempt that asked for it: mempool, relay fee, estimates."
  )

  public var endpointID = ""
  public var attempt = 0
  public var serverID = ""
  public var observedAt: String?
  public var histogramPairs: Int?
  public var mempoolSize: Int?
  public var sizeAtLeast: [String] = []
  public var relayFee: Double?
  public var mempoolMinimumFee: Double?
  public var incrementalRelayFee: Double?
  public var unbroadcastCount: Int?
  public var fullRBF: Bool?
  /// Fee rates that its node estimates.
  public var estimates = FeeEstimates()

  public init(endpointID: String, serverID: String) {
    self.endpointID = endpointID
    self.serverID = serverID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("endpoint_id", &endpointID, "The endpoint.")
    try c.integer("attempt", &attempt, "The attempt at the endpoint.")
    try c.text("server_id", &serverID, "The server of the endpoint.")
    try c.timestamp(
      "observed_at", &observedAt,
      "When the fee histogram arrived, else the first of the other values, UTC.",
      nil: "nothing was observed, or its time is not known")
    try c.integer(
      "histogram_pairs", &histogramPairs, "Pairs in the fee histogram; 0: the mempool is empty.",
      nil: "not answered, not asked or malformed")
    try c.integer(
      "mempool_vsize", &mempoolSize, "Virtual size of all pairs of the fee histogram.", unit: "vB",
      nil: "not answered, not asked or malformed")
    try c.texts(
      "vsize_at_least", &sizeAtLeast,
      "Virtual size of the pairs whose fee rate is at least each of 64 grid rates: 0.1 to 1000 sat/vB in equal ratios, each rounded to 4 significant digits.",
      unit: "vB", nil: "not answered, not asked or malformed")
    try c.number(
      "relay_fee", &relayFee, digits: 9,
      "Least fee rate that its node relays: blockchain.relayfee or, since protocol 1.6, minrelaytxfee of mempool.get_info.",
      unit: "sat/vB", nil: "not answered, not asked or malformed")
    try c.number(
      "mempool_minimum_fee", &mempoolMinimumFee, digits: 9,
      "Least fee rate that its node takes into its mempool: mempoolminfee of mempool.get_info.",
      unit: "sat/vB", nil: "not answered, not asked or malformed")
    try c.number(
      "incremental_relay_fee", &incrementalRelayFee, digits: 9,
      "Fee rate by which a replacement must pay more: incrementalrelayfee of mempool.get_info.",
      unit: "sat/vB", nil: "not answered, not asked or malformed")
    try c.integer(
      "unbroadcast_count", &unbroadcastCount,
      "Transactions that no peer of its node has asked for: unbroadcastcount of mempool.get_info.",
      nil: "not answered, not asked or malformed, or its software does not say")
    try c.boolean(
      "full_rbf", &fullRBF,
      "Whether its node replaces transactions that do not signal it: fullrbf of mempool.get_info.",
      nil: "not answered, not asked or malformed, or its software does not say")
    try c.group(&estimates)
  }

  public var sortKey: SortKey { .of(endpointID, attempt) }
}

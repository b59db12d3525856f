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
  public var estimate2Status = ValueStatus.value
  public var estimate2: Double?
  public var estimate6Status = ValueStatus.value
  public var estimate6: Double?
  public var estimate25Status = ValueStatus.value
  public var estimate25: Double?
  public var estimate144Status = ValueStatus.value
  public var estimate144: Double?

  public init(
    endpointID: String, attempt: Int, serverID: String, observedAt: String? = nil,
    histogramPairs: Int? = nil, mempoolSize: Int? = nil, sizeAtLeast: [String] = [],
    relayFee: Double? = nil, mempoolMinimumFee: Double? = nil, incrementalRelayFee: Double? = nil,
    unbroadcastCount: Int? = nil, fullRBF: Bool? = nil, estimate2Status: ValueStatus = .unknown,
    estimate2: Double? = nil, estimate6Status: ValueStatus = .unknown, estimate6: Double? = nil,
    estimate25Status: ValueStatus = .unknown, estimate25: Double? = nil,
    estimate144Status: ValueStatus = .unknown,
    estimate144: Double? = nil
  ) {
    self.endpointID = endpointID
    self.attempt = attempt
    self.serverID = serverID
    self.observedAt = observedAt
    self.histogramPairs = histogramPairs
    self.mempoolSize = mempoolSize
    self.sizeAtLeast = sizeAtLeast
    self.relayFee = relayFee
    self.mempoolMinimumFee = mempoolMinimumFee
    self.incrementalRelayFee = incrementalRelayFee
    self.unbroadcastCount = unbroadcastCount
    self.fullRBF = fullRBF
    self.estimate2Status = estimate2Status
    self.estimate2 = estimate2
    self.estimate6Status = estimate6Status
    self.estimate6 = estimate6
    self.estimate25Status = estimate25Status
    self.estimate25 = estimate25
    self.estimate144Status = estimate144Status
    self.estimate144 = estimate144
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
    try c.word(
      "estimate_2_status", &estimate2Status,
      "Whether an estimate for 2 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_2", &estimate2, digits: 9, "Fee rate that its node estimates for 2 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_2_status")
    try c.word(
      "estimate_6_status", &estimate6Status,
      "Whether an estimate for 6 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_6", &estimate6, digits: 9, "Fee rate that its node estimates for 6 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_6_status")
    try c.word(
      "estimate_25_status", &estimate25Status,
      "Whether an estimate for 25 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_25", &estimate25, digits: 9, "Fee rate that its node estimates for 25 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_25_status")
    try c.word(
      "estimate_144_status", &estimate144Status,
      "Whether an estimate for 144 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_144", &estimate144, digits: 9, "Fee rate that its node estimates for 144 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_144_status")
  }

  public var sortKey: SortKey { .of(endpointID, attempt) }
}

public import Artifact

/// What a server said of its node's fees in one connection.
public struct FeeState: ListedRow, Equatable {
  public static let schema = table(
    "normalized.fee_states", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Fees and mempool of the node behind an endpoint by snapshot, numbers as sent. A function of one scan."
  )

  public var source = FactSource()
  public var snapshot = 1
  public var observedAt: String?
  public var relayFee: String?
  public var minimumFee: String?
  public var estimate2: String?
  public var estimate5: String?
  public var estimate6: String?
  public var estimate10: String?
  public var estimate25: String?
  public var estimate144: String?
  public var mempoolSize: Int?
  public var histogramSHA256: String?
  public var state: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.integer(
      "snapshot", &snapshot,
      "1: the first visit; 2: the second, minutes later; 3: the end of the scan.")
    try c.timestamp(
      "observed_at", &observedAt, "When the last of the values arrived, UTC.", nil: "not known")
    try c.text("relay_fee", &relayFee, "Relay fee as sent, BTC/kvB.", nil: "not told")
    try c.text(
      "minimum_fee", &minimumFee, "mempoolminfee as sent, BTC/kvB.",
      nil: "not told, or not asked up to protocol 1.5")
    try c.text(
      "estimate_2", &estimate2, "Estimate for 2 blocks as sent, BTC/kvB; -1: it has none.",
      nil: "not told")
    try c.text("estimate_5", &estimate5, "Estimate for 5 blocks as sent.", nil: "not told")
    try c.text(
      "estimate_6", &estimate6,
      "Estimate for 6 blocks as sent, which plans before full.v2 ask for.", nil: "not told")
    try c.text("estimate_10", &estimate10, "Estimate for 10 blocks as sent.", nil: "not told")
    try c.text("estimate_25", &estimate25, "Estimate for 25 blocks as sent.", nil: "not told")
    try c.text("estimate_144", &estimate144, "Estimate for 144 blocks as sent.", nil: "not told")
    try c.integer(
      "mempool_vsize", &mempoolSize, "Virtual size of the fee histogram.", unit: "vB",
      nil: "not told, or malformed")
    try c.text(
      "histogram_sha256", &histogramSHA256, "Digest of the fee histogram.", nil: "not told")
    try c.text(
      "state", &state,
      "Relay fee, minimum fee and the estimates above both by .1 %, as numbers: what servers of one node have in common.",
      nil: "fewer than three such estimates, or all of them are one number")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

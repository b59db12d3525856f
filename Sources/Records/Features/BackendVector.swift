public import Artifact

/// The node behind a server at one time, as numbers that can be compared.
public struct BackendVector: ArtifactRow, Equatable {
  /// The scan.
  public var scan: String
  /// The endpoint.
  public var endpointID: String
  /// The attempt at the endpoint.
  public var attempt: Int
  /// The server of the endpoint.
  public var serverID: String
  /// When the fee histogram arrived, else the first of the other values, UTC. nil: its time is not known.
  public var observedAt: String?
  /// Implementation that the server claims: histograms compare within a pair of implementations. nil: the value was not observed.
  public var software: String?
  /// Version that the server claims. nil: the value was not observed.
  public var softwareVersion: String?
  /// Complementary cumulative mempool: virtual size of what pays at least each of 64 fee rates, 0.1 to 1000 sat/vB in equal ratios, each rate rounded to 4 significant digits. Unit: vB. Empty: not answered, not asked or malformed.
  public var sizeAtLeast: [String]
  /// Least fee rate that its node relays. Unit: sat/vB. nil: not answered, not asked or malformed.
  public var relayFee: Double?
  /// Least fee rate that its node takes into its mempool. Unit: sat/vB. nil: not answered, not asked or malformed.
  public var mempoolMinimumFee: Double?
  /// Fee rate by which a replacement must pay more. Unit: sat/vB. nil: not answered, not asked or malformed.
  public var incrementalRelayFee: Double?
  /// Whether its node replaces transactions that do not signal it. nil: not answered, not asked or malformed, or its software does not say.
  public var fullRBF: Bool?
  /// Whether an estimate for 2 blocks was observed; absent: its node answered that it has none (-1).
  public var estimate2Status: ValueStatus
  /// Fee rate that its node estimates for 2 blocks. Unit: sat/vB. nil: absent or unknown: see estimate_2_status.
  public var estimate2: Double?
  /// Whether an estimate for 6 blocks was observed; absent: its node answered that it has none (-1).
  public var estimate6Status: ValueStatus
  /// Fee rate that its node estimates for 6 blocks. Unit: sat/vB. nil: absent or unknown: see estimate_6_status.
  public var estimate6: Double?
  /// Whether an estimate for 25 blocks was observed; absent: its node answered that it has none (-1).
  public var estimate25Status: ValueStatus
  /// Fee rate that its node estimates for 25 blocks. Unit: sat/vB. nil: absent or unknown: see estimate_25_status.
  public var estimate25: Double?
  /// Whether an estimate for 144 blocks was observed; absent: its node answered that it has none (-1).
  public var estimate144Status: ValueStatus
  /// Fee rate that its node estimates for 144 blocks. Unit: sat/vB. nil: absent or unknown: see estimate_144_status.
  public var estimate144: Double?

  public init(
    scan: String, endpointID: String, attempt: Int, serverID: String, observedAt: String? = nil,
    software: String? = nil, softwareVersion: String? = nil, sizeAtLeast: [String] = [],
    relayFee: Double? = nil, mempoolMinimumFee: Double? = nil, incrementalRelayFee: Double? = nil,
    fullRBF: Bool? = nil, estimate2Status: ValueStatus, estimate2: Double? = nil,
    estimate6Status: ValueStatus, estimate6: Double? = nil, estimate25Status: ValueStatus,
    estimate25: Double? = nil, estimate144Status: ValueStatus, estimate144: Double? = nil
  ) {
    self.scan = scan
    self.endpointID = endpointID
    self.attempt = attempt
    self.serverID = serverID
    self.observedAt = observedAt
    self.software = software
    self.softwareVersion = softwareVersion
    self.sizeAtLeast = sizeAtLeast
    self.relayFee = relayFee
    self.mempoolMinimumFee = mempoolMinimumFee
    self.incrementalRelayFee = incrementalRelayFee
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
}

extension BackendVector {
  static let columns: [Column] = [
    Column("scan", .text, "The scan."),
    Column("endpoint_id", .text, "The endpoint."),
    Column("attempt", .integer, "The attempt at the endpoint."),
    Column("server_id", .text, "The server of the endpoint."),
    Column(
      "observed_at", .timestamp,
      "When the fee histogram arrived, else the first of the other values, UTC.",
      empty: "its time is not known"),
    Column(
      "software", .text,
      "Implementation that the server claims: histograms compare within a pair of implementations.",
      empty: "the value was not observed"),
    Column(
      "software_version", .text, "Version that the server claims.",
      empty: "the value was not observed"),
    Column(
      "vsize_at_least", .texts,
      "Complementary cumulative mempool: virtual size of what pays at least each of 64 fee rates, 0.1 to 1000 sat/vB in equal ratios, each rate rounded to 4 significant digits.",
      unit: "vB", empty: "not answered, not asked or malformed"),
    Column(
      "relay_fee", .number(significantDigits: 9), "Least fee rate that its node relays.",
      unit: "sat/vB", empty: "not answered, not asked or malformed"),
    Column(
      "mempool_minimum_fee", .number(significantDigits: 9),
      "Least fee rate that its node takes into its mempool.", unit: "sat/vB",
      empty: "not answered, not asked or malformed"),
    Column(
      "incremental_relay_fee", .number(significantDigits: 9),
      "Fee rate by which a replacement must pay more.", unit: "sat/vB",
      empty: "not answered, not asked or malformed"),
    Column(
      "full_rbf", .boolean, "Whether its node replaces transactions that do not signal it.",
      empty: "not answered, not asked or malformed, or its software does not say"),
    Column(
      "estimate_2_status", .word(ValueStatus.words),
      "Whether an estimate for 2 blocks was observed; absent: its node answered that it has none (-1)."
    ),
    Column(
      "estimate_2", .number(significantDigits: 9), "Fee rate that its node estimates for 2 blocks.",
      unit: "sat/vB", empty: "absent or unknown: see estimate_2_status"),
    Column(
      "estimate_6_status", .word(ValueStatus.words),
      "Whether an estimate for 6 blocks was observed; absent: its node answered that it has none (-1)."
    ),
    Column(
      "estimate_6", .number(significantDigits: 9), "Fee rate that its node estimates for 6 blocks.",
      unit: "sat/vB", empty: "absent or unknown: see estimate_6_status"),
    Column(
      "estimate_25_status", .word(ValueStatus.words),
      "Whether an estimate for 25 blocks was observed; absent: its node answered that it has none (-1)."
    ),
    Column(
      "estimate_25", .number(significantDigits: 9),
      "Fee rate that its node estimates for 25 blocks.", unit: "sat/vB",
      empty: "absent or unknown: see estimate_25_status"),
    Column(
      "estimate_144_status", .word(ValueStatus.words),
      "Whether an estimate for 144 blocks was observed; absent: its node answered that it has none (-1)."
    ),
    Column(
      "estimate_144", .number(significantDigits: 9),
      "Fee rate that its node estimates for 144 blocks.", unit: "sat/vB",
      empty: "absent or unknown: see estimate_144_status"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.backend_vectors", version: 1, encoding: .csv,
    key: ["scan", "endpoint_id", "attempt"],
    summary:
      "The node behind a server at a time: its mempool as a vector over fee rates, and its fees. Rows in which nothing was observed are left out.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(scan)
    key.append(endpointID)
    key.append(attempt)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("scan", scan)
    encoder.text("endpoint_id", endpointID)
    encoder.integer("attempt", attempt)
    encoder.text("server_id", serverID)
    encoder.text("observed_at", observedAt)
    encoder.text("software", software)
    encoder.text("software_version", softwareVersion)
    encoder.texts("vsize_at_least", sizeAtLeast)
    encoder.number("relay_fee", relayFee, significantDigits: 9)
    encoder.number("mempool_minimum_fee", mempoolMinimumFee, significantDigits: 9)
    encoder.number("incremental_relay_fee", incrementalRelayFee, significantDigits: 9)
    encoder.boolean("full_rbf", fullRBF)
    encoder.text("estimate_2_status", estimate2Status.rawValue)
    encoder.number("estimate_2", estimate2, significantDigits: 9)
    encoder.text("estimate_6_status", estimate6Status.rawValue)
    encoder.number("estimate_6", estimate6, significantDigits: 9)
    encoder.text("estimate_25_status", estimate25Status.rawValue)
    encoder.number("estimate_25", estimate25, significantDigits: 9)
    encoder.text("estimate_144_status", estimate144Status.rawValue)
    encoder.number("estimate_144", estimate144, significantDigits: 9)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    scan = try decoder.text("scan")
    endpointID = try decoder.text("endpoint_id")
    attempt = try decoder.integer("attempt")
    serverID = try decoder.text("server_id")
    observedAt = try decoder.optionalText("observed_at")
    software = try decoder.optionalText("software")
    softwareVersion = try decoder.optionalText("software_version")
    sizeAtLeast = try decoder.texts("vsize_at_least")
    relayFee = try decoder.optionalNumber("relay_fee")
    mempoolMinimumFee = try decoder.optionalNumber("mempool_minimum_fee")
    incrementalRelayFee = try decoder.optionalNumber("incremental_relay_fee")
    fullRBF = try decoder.optionalBoolean("full_rbf")
    estimate2Status = try decoder.word("estimate_2_status", ValueStatus.self)
    estimate2 = try decoder.optionalNumber("estimate_2")
    estimate6Status = try decoder.word("estimate_6_status", ValueStatus.self)
    estimate6 = try decoder.optionalNumber("estimate_6")
    estimate25Status = try decoder.word("estimate_25_status", ValueStatus.self)
    estimate25 = try decoder.optionalNumber("estimate_25")
    estimate144Status = try decoder.word("estimate_144_status", ValueStatus.self)
    estimate144 = try decoder.optionalNumber("estimate_144")
  }
}

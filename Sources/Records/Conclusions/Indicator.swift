public import Artifact

/// One indicator of protocol deviation, evaluated for one server.
public struct Indicator: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Permanent id of the rule.
  public var indicator: String
  /// Whether it fired.
  public var status: IndicatorStatus
  /// What kind of statement it makes.
  public var verdictClass: VerdictClass
  /// Log-likelihood ratio that it contributes, natural logarithm. Unit: nats. nil: unknown, or the indicator is descriptive.
  public var nats: Double?
  /// Observations that it saw.
  public var observations: Int
  /// What was observed, for a reader. nil: nothing to show.
  public var evidence: String?

  public init(
    serverID: String, indicator: String, status: IndicatorStatus, verdictClass: VerdictClass,
    nats: Double? = nil, observations: Int, evidence: String? = nil
  ) {
    self.serverID = serverID
    self.indicator = indicator
    self.status = status
    self.verdictClass = verdictClass
    self.nats = nats
    self.observations = observations
    self.evidence = evidence
  }
}

extension Indicator {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("indicator", .text, "Permanent id of the rule."),
    Column("status", .word(IndicatorStatus.words), "Whether it fired."),
    Column("class", .word(VerdictClass.words), "What kind of statement it makes."),
    Column(
      "nats", .number(significantDigits: 6),
      "Log-likelihood ratio that it contributes, natural logarithm.", unit: "nats",
      empty: "unknown, or the indicator is descriptive"),
    Column("observations", .integer, "Observations that it saw."),
    Column("evidence", .text, "What was observed, for a reader.", empty: "nothing to show"),
  ]

  public static let schema = ArtifactSchema(
    id: "scores.indicators", version: 1, encoding: .csv, key: ["server_id", "indicator"],
    summary: "Every indicator of every reached server: fired, passed or unknown.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(indicator)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("indicator", indicator)
    encoder.text("status", status.rawValue)
    encoder.text("class", verdictClass.rawValue)
    encoder.number("nats", nats, significantDigits: 6)
    encoder.integer("observations", observations)
    encoder.text("evidence", evidence)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    indicator = try decoder.text("indicator")
    status = try decoder.word("status", IndicatorStatus.self)
    verdictClass = try decoder.word("class", VerdictClass.self)
    nats = try decoder.optionalNumber("nats")
    observations = try decoder.integer("observations")
    evidence = try decoder.optionalText("evidence")
  }
}

public import Artifact

/// One index of how concentrated the network is.
public struct ConcentrationIndex: ArtifactRow, Equatable {
  /// What the shares are of: operator.identity, operator, as, country, software.
  public var unit: String
  /// What is counted: server or endpoint.
  public var weighting: String
  /// Name of the index.
  public var index: String
  /// Its value. nil: not defined for this input.
  public var value: Double?
  /// Lower end of its band. nil: no band is derived for it.
  public var low: Double?
  /// Upper end of its band. nil: no band is derived for it.
  public var high: Double?
  /// Units with a share.
  public var units: Int
  /// Servers or endpoints counted.
  public var observations: Int
  /// Share of servers or endpoints whose unit is unknown; they are left out.
  public var unknownShare: Double

  public init(
    unit: String, weighting: String, index: String, value: Double? = nil, low: Double? = nil,
    high: Double? = nil, units: Int, observations: Int, unknownShare: Double
  ) {
    self.unit = unit
    self.weighting = weighting
    self.index = index
    self.value = value
    self.low = low
    self.high = high
    self.units = units
    self.observations = observations
    self.unknownShare = unknownShare
  }
}

extension ConcentrationIndex {
  static let columns: [Column] = [
    Column(
      "unit", .text, "What the shares are of: operator.identity, operator, as, country, software."),
    Column("weighting", .text, "What is counted: server or endpoint."),
    Column("index", .text, "Name of the index."),
    Column(
      "value", .number(significantDigits: 9), "Its value.", empty: "not defined for this input"),
    Column(
      "low", .number(significantDigits: 9), "Lower end of its band.",
      empty: "no band is derived for it"),
    Column(
      "high", .number(significantDigits: 9), "Upper end of its band.",
      empty: "no band is derived for it"),
    Column("units", .integer, "Units with a share."),
    Column("observations", .integer, "Servers or endpoints counted."),
    Column(
      "unknown_share", .number(significantDigits: 6),
      "Share of servers or endpoints whose unit is unknown; they are left out."),
  ]

  public static let schema = ArtifactSchema(
    id: "scores.concentration", version: 1, encoding: .csv, key: ["unit", "weighting", "index"],
    summary: "Concentration over units and weightings.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(unit)
    key.append(weighting)
    key.append(index)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("unit", unit)
    encoder.text("weighting", weighting)
    encoder.text("index", index)
    encoder.number("value", value, significantDigits: 9)
    encoder.number("low", low, significantDigits: 9)
    encoder.number("high", high, significantDigits: 9)
    encoder.integer("units", units)
    encoder.integer("observations", observations)
    encoder.number("unknown_share", unknownShare, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    unit = try decoder.text("unit")
    weighting = try decoder.text("weighting")
    index = try decoder.text("index")
    value = try decoder.optionalNumber("value")
    low = try decoder.optionalNumber("low")
    high = try decoder.optionalNumber("high")
    units = try decoder.integer("units")
    observations = try decoder.integer("observations")
    unknownShare = try decoder.number("unknown_share")
  }
}

public import Artifact

/// The share of a list's hosts that last longer than a number of days: one step of the curve.
public struct ListingSurvival: ArtifactRow, Equatable {
  /// What kind of list it is.
  public var sourceKind: ListingKind
  /// Name of the list.
  public var source: String
  /// Which leave ends a host's life.
  public var departure: ListingDeparture
  /// Place of the step in the order of days, from 1.
  public var step: Int
  /// Days since the host was first listed. Unit: days.
  public var days: Double
  /// Hosts that were watched just before.
  public var atRisk: Int
  /// Hosts that left after exactly so many days.
  public var left: Int
  /// Hosts watched for exactly so many days that had not left.
  public var censored: Int
  /// Estimated share that stays longer (Kaplan & Meier).
  public var survival: Double
  /// Its standard error (Greenwood). nil: nobody is left.
  public var standardError: Double?
  /// Lower end of its 95 % interval. nil: the share is 0 or 1.
  public var low: Double?
  /// Upper end. nil: the share is 0 or 1.
  public var high: Double?

  public init(
    sourceKind: ListingKind, source: String, departure: ListingDeparture, step: Int, days: Double,
    atRisk: Int, left: Int, censored: Int, survival: Double, standardError: Double? = nil,
    low: Double? = nil, high: Double? = nil
  ) {
    self.sourceKind = sourceKind
    self.source = source
    self.departure = departure
    self.step = step
    self.days = days
    self.atRisk = atRisk
    self.left = left
    self.censored = censored
    self.survival = survival
    self.standardError = standardError
    self.low = low
    self.high = high
  }
}

extension ListingSurvival {
  static let columns: [Column] = [
    Column("source_kind", .word(ListingKind.words), "What kind of list it is."),
    Column("source", .text, "Name of the list."),
    Column(
      "departure", .word(ListingDeparture.words),
      "Which leave ends a host's life: the first one, or the last one after which it is not listed again."
    ),
    Column("step", .integer, "Place of the step in the order of days, from 1."),
    Column(
      "days", .number(significantDigits: 9), "Days since the host was first listed.", unit: "days"),
    Column(
      "at_risk", .integer, "Hosts that were watched just before, those censored now among them."),
    Column("left", .integer, "Hosts that left after exactly so many days."),
    Column(
      "censored", .integer, "Hosts watched for exactly so many days that were not seen to leave."),
    Column(
      "survival", .number(significantDigits: 9),
      "Estimated share that stays longer (Kaplan & Meier 1958)."),
    Column(
      "standard_error", .number(significantDigits: 9), "Its standard error (Greenwood 1926).",
      empty: "nobody is left, where it is not defined"),
    Column(
      "low", .number(significantDigits: 9), "Lower end of its 95 % interval, of log(-log S).",
      empty: "the share is 0 or 1, where it is not defined"),
    Column(
      "high", .number(significantDigits: 9), "Upper end of its 95 % interval, of log(-log S).",
      empty: "the share is 0 or 1, where it is not defined"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.listing_survival", version: 1, encoding: .csv,
    key: ["source_kind", "source", "departure", "step"],
    summary:
      "How long hosts stay in a list: the survival curve of each list whose states have times.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey.of(sourceKind.rawValue, source, departure.rawValue)
    key.append(step)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("source_kind", sourceKind.rawValue)
    encoder.text("source", source)
    encoder.text("departure", departure.rawValue)
    encoder.integer("step", step)
    encoder.number("days", days, significantDigits: 9)
    encoder.integer("at_risk", atRisk)
    encoder.integer("left", left)
    encoder.integer("censored", censored)
    encoder.number("survival", survival, significantDigits: 9)
    encoder.number("standard_error", standardError, significantDigits: 9)
    encoder.number("low", low, significantDigits: 9)
    encoder.number("high", high, significantDigits: 9)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    sourceKind = try decoder.word("source_kind", ListingKind.self)
    source = try decoder.text("source")
    departure = try decoder.word("departure", ListingDeparture.self)
    step = try decoder.integer("step")
    days = try decoder.number("days")
    atRisk = try decoder.integer("at_risk")
    left = try decoder.integer("left")
    censored = try decoder.integer("censored")
    survival = try decoder.number("survival")
    standardError = try decoder.optionalNumber("standard_error")
    low = try decoder.optionalNumber("low")
    high = try decoder.optionalNumber("high")
  }
}

public import Artifact

/// The share of a list's hosts that last longer than a number of days: one step of the curve.
public struct ListingSurvival: ListedRow, Equatable {
  public static let schema = table(
    "features.listing_survival", version: 1, .csv,
    key: ["source_kind", "source", "departure", "step"],
    "How long hosts stay in a list: the survival curve of each list whose states have times.")

  public var sourceKind = ListingKind.bootstrap
  public var source = ""
  public var departure = ListingDeparture.first
  public var step = 0
  public var days = 0.0
  public var atRisk = 0
  public var left = 0
  public var censored = 0
  public var survival = 0.0
  public var standardError: Double?
  public var low: Double?
  public var high: Double?

  public init(sourceKind: ListingKind, source: String, departure: ListingDeparture) {
    self.sourceKind = sourceKind
    self.source = source
    self.departure = departure
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("source_kind", &sourceKind, "What kind of list it is.")
    try c.text("source", &source, "Name of the list.")
    try c.word(
      "departure", &departure,
      "Which leave ends a host's life: the first one, or the last one after which it is not listed again."
    )
    try c.integer("step", &step, "Place of the step in the order of days, from 1.")
    try c.number("days", &days, digits: 9, "Days since the host was first listed.", unit: "days")
    try c.integer(
      "at_risk", &atRisk, "Hosts that were watched just before, those censored now among them.")
    try c.integer("left", &left, "Hosts that left after exactly so many days.")
    try c.integer(
      "censored", &censored, "Hosts watched for exactly so many days that were not seen to leave.")
    try c.number(
      "survival", &survival, digits: 9, "Estimated share that stays longer (Kaplan & Meier 1958).")
    try c.number(
      "standard_error", &standardError, digits: 9, "Its standard error (Greenwood 1926).",
      nil: "nobody is left, where it is not defined")
    try c.number(
      "low", &low, digits: 9, "Lower end of its 95 % interval, of log(-log S).",
      nil: "the share is 0 or 1, where it is not defined")
    try c.number(
      "high", &high, digits: 9, "Upper end of its 95 % interval, of log(-log S).",
      nil: "the share is 0 or 1, where it is not defined")
  }

  public var sortKey: SortKey { .of(sourceKind, source, departure, step) }
}

public import Artifact

/// One index of how concentrated the network is.
public struct ConcentrationIndex: ListedRow, Equatable {
  public static let schema = table(
    "scores.concentration", version: 1, .csv, key: ["unit", "weighting", "index"],
    "Concentration over units and weightings.")

  /// Before the name of a wallet's list as a weighting.
  public static let listPrefix = "list:"

  public var unit = ""
  public var weighting = ""
  public var index = ""
  public var value: Double?
  public var low: Double?
  public var high: Double?
  public var interval = IndexInterval.undefined
  public var linkageLow: Double?
  public var linkageHigh: Double?
  public var unseenLow: Double?
  public var unseenHigh: Double?
  public var unknownLow: Double?
  public var unknownHigh: Double?
  public var units = 0
  public var observations = 0
  public var unknownShare = 0.0

  public init(unit: String, weighting: String, index: String) {
    self.unit = unit
    self.weighting = weighting
    self.index = index
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try valueColumns(&c)
    try bandColumns(&c)
    try c.integer(
      "units", &units,
      "Units with a share. A count of operators is an upper bound: one that hides is counted as several."
    )
    try c.integer("observations", &observations, "Servers or endpoints counted.")
    try c.number(
      "unknown_share", &unknownShare, digits: 6,
      "Share of what is counted whose unit is unknown; it is left out.")
  }

  private mutating func valueColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "unit", &unit,
      "What the shares are of: operator (likely operator), operator.identity, operator.declared, operator.cohort, as, hoster (organisation of the autonomous system), country, software, backend (the node behind)."
    )
    try c.text(
      "weighting", &weighting,
      "What is counted: server, endpoint, exposure (a server's share of the main servers of simulated wallets), or `list:` and a name (servers of that list of a wallet that the scan knows, whether they answered or not)."
    )
    try c.text("index", &index, "Name of the index.")
    try c.number("value", &value, digits: 9, "Its value.", nil: "not defined for this input")
    let none: StaticString = "there is none, and `interval` says why"
    try c.number(
      "low", &low, digits: 9, "Lower end of its 90 % interval, by drawing likely operators anew.",
      nil: none)
    try c.number("high", &high, digits: 9, "Upper end of it.", nil: none)
    try c.word(
      "interval", &interval,
      "What the interval is: `bca` (bias-corrected and accelerated); or why there is none: `undefined` (the index is not defined), `single` (fewer than two likely operators), `constant` (nearly every draw gives the value itself) or `one-sided` (the draws lie to one side of the value)."
    )
  }

  private mutating func bandColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    let linkage: StaticString = "the unit is no operator, or no other partition is given"
    try c.number(
      "linkage_low", &linkageLow, digits: 9,
      "Least value over the four partitions into operators and those of `clusters.operator_bands`: a band of sensitivity, no interval of confidence.",
      nil: linkage)
    try c.number("linkage_high", &linkageHigh, digits: 9, "Greatest value over them.", nil: linkage)
    let unseen: StaticString = "nothing suggests unseen servers, or the weighting is not by server"
    try c.number(
      "unseen_low", &unseenLow, digits: 9,
      "Value if each server that Chao's estimator counts as unseen were a unit of its own or of the largest one: the lesser of the two.",
      nil: unseen)
    try c.number("unseen_high", &unseenHigh, digits: 9, "The greater of the two.", nil: unseen)
    let unknown: StaticString = "no unit is unknown"
    try c.number(
      "unknown_low", &unknownLow, digits: 9,
      "Value if what is of unknown unit were of units of its own or of the largest one: the lesser of the two.",
      nil: unknown)
    try c.number("unknown_high", &unknownHigh, digits: 9, "The greater of the two.", nil: unknown)
  }

  public var sortKey: SortKey { .of(unit, weighting, index) }
}

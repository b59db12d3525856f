public import Artifact

/// One index of how concentrated the network is.
public struct ConcentrationIndex: ListedRow, Equatable {
  public static let schema = table(
    "scores.concentration", version: 1, .csv, key: ["unit", "weighting", "index"],
    "Concentration over units and weightings.")

  public var unit = ""
  public var weighting = ""
  public var index = ""
  public var value: Double?
  public var low: Double?
  public var high: Double?
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
    try c.text(
      "unit", &unit, "What the shares are of: operator.identity, operator, as, country, software.")
    try c.text("weighting", &weighting, "What is counted: server or endpoint.")
    try c.text("index", &index, "Name of the index.")
    try c.number("value", &value, digits: 9, "Its value.", nil: "not defined for this input")
    try c.number("low", &low, digits: 9, "Lower end of its band.", nil: "no band is derived for it")
    try c.number(
      "high", &high, digits: 9, "Upper end of its band.", nil: "no band is derived for it")
    try c.integer("units", &units, "Units with a share.")
    try c.integer("observations", &observations, "Servers or endpoints counted.")
    try c.number(
      "unknown_share", &unknownShare, digits: 6,
      "Share of servers or endpoints whose unit is unknown; they are left out.")
  }

  public var sortKey: SortKey { .of(unit, weighting, index) }
}

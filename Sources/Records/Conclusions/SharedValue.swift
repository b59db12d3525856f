public import Artifact

/// A value that several servers have, and how many of their pairs are listed.
public struct SharedValue: ListedRow, Equatable {
  public static let schema = table(
    "clusters.shared_values", version: 1, .csv, key: ["rule", "value"],
    "Values of operator evidence that several servers have, and what of their pairs `clusters.links` leaves out."
  )

  public var rule = ""
  public var value = ""
  public var servers = 0
  public var units = 0
  public var pairs = 0
  public var pairsListed = 0

  public init(rule: String, value: String) {
    self.rule = rule
    self.value = value
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("rule", &rule, "Rule (permanent id).")
    try c.text("value", &value, "The value, exact.")
    try c.integer("servers", &servers, "Servers that have it.")
    try c.integer("units", &units, "Units of these: servers joined by robust edges count once.")
    try c.integer("pairs", &pairs, "Pairs of these servers.")
    try c.integer("pairs_listed", &pairsListed, "Of these, in `clusters.links`.")
  }

  public var sortKey: SortKey { .of(rule, value) }
}

public import Artifact

/// A status as told, beside the history that the same connection told.
public struct StatusFact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.statuses", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Statuses of scripts as told, and recomputed from the histories that the same connection told before and after. A function of one scan."
  )

  public var source = FactSource()
  public var script = ""
  public var told: String?
  public var isText = true
  public var before: Int?
  public var after: Int?
  public var listsEqual: Bool?
  public var recomputed: String?
  public var agrees: Bool?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text("script", &script, "Name of the published script.")
    try c.text("told", &told, "The status.", nil: "null: the script is untouched")
    try c.boolean("well_formed", &isText, "True where it is null or 64 hexadecimal digits.")
    try c.integer(
      "before_sequence", &before, "Exchange of the last history of the script before it.",
      nil: "none was told")
    try c.integer(
      "after_sequence", &after, "Exchange of the first history behind it.", nil: "none was told")
    try c.boolean(
      "lists_equal", &listsEqual, "True where both histories are equal.",
      nil: "one of them was not told")
    try c.text(
      "recomputed", &recomputed,
      "The status that the history before it has, else the one behind it.",
      nil: "none was told, or the list is empty")
    try c.boolean(
      "agrees", &agrees, "True where the told status is the recomputed one.",
      nil: "no history was told on its connection")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

public import Artifact

/// One host name that collect looked up, and all answers.
public struct NameResolution: ListedRow, Equatable {
  public static let schema = table(
    "raw.resolutions", version: 1, .jsonl, key: ["name"],
    "Every host name that was looked up in a scan, with its addresses.")

  public var addresses: [String] = []
  public var name = ""
  public var outcome = Outcome.untestedNotApplicable
  public var resolveMicroseconds: Int?

  public init(name: String, outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.texts("addresses", &addresses, "Addresses in canonical form, sorted.")
    try c.text("name", &name, "The name, lower case, without the trailing dot.")
    try c.word("outcome", &outcome, "`answered`, `resolve.failed` or `resolve.timed-out`.")
    try c.integer(
      "resolve_us", &resolveMicroseconds, "Duration of the look-up.", unit: "µs", nil: "not known")
  }

  public var sortKey: SortKey { .of(name) }
}

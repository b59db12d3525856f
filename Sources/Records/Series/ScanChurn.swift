public import Artifact

/// What changed in the population from a vantage's earlier scan to this one.
public struct ScanChurn: ListedRow, Equatable {
  public static let schema = table(
    "features.churn", version: 1, .csv, key: ["scan"],
    "Population and its changes, a row a scan.")

  public var scan = ""
  public var vantage = ""
  public var startedAt: String?
  public var complete = false
  public var gapHours: Double?
  public var known = 0
  public var tried = 0
  public var up = 0
  public var down = 0
  public var unknown = 0
  public var excused = 0
  public var new: Int?
  public var returned: Int?
  public var gone: Int?
  public var wentDown = 0
  public var cameUp = 0
  public var newPerDay: Double?
  public var returnedPerDay: Double?
  public var gonePerDay: Double?
  public var wentDownPerDay: Double?
  public var cameUpPerDay: Double?

  public init(scan: String, vantage: String) {
    self.scan = scan
    self.vantage = vantage
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.text("vantage", &vantage, "Where it was taken from.")
    try c.timestamp(
      "started_at", &startedAt, "Start of the scan, UTC.", nil: "the scan's name has no time")
    try c.boolean(
      "complete", &complete, "False where the scan says, or endpoints show, that it ended early.")
    try c.number(
      "gap_hours", &gapHours, digits: 6, "Time since the vantage's scan before.", unit: "h",
      nil: "there is none, or a time is not known")
    try c.integer("known", &known, "Servers in the scan: up, down, unknown and excused.")
    try c.integer("tried", &tried, "Servers of which an endpoint was tried.")
    try c.integer("up", &up, "Servers that were up.")
    try c.integer("down", &down, "Servers that were down, and nothing excuses them.")
    try c.integer("unknown", &unknown, "Servers whose state is not known.")
    try c.integer("excused", &excused, "Servers whose failure is not held against them.")
    try c.integer(
      "new", &new, "Servers that no earlier scan of the vantage has.",
      nil: "the vantage's first scan")
    try c.integer(
      "returned", &returned,
      "Servers that an earlier scan has and the vantage's last complete one, and any since, has not.",
      nil: "the vantage's first scan")
    try c.integer(
      "gone", &gone,
      "Servers that the vantage's last complete scan, or one since, has and this one has not.",
      nil: "the first scan, or one that ended early")
    try c.integer(
      "went_down", &wentDown,
      "Servers that were up when their state was last known and are down, excused ones aside.")
    try c.integer(
      "came_up", &cameUp,
      "Servers that were down when their state was last known and are up, after excused downs aside."
    )
    try c.number(
      "new_per_day", &newPerDay, digits: 6, "New servers by the length of the gap.", unit: "1/d",
      nil: "the number or the gap is not known")
    try c.number(
      "returned_per_day", &returnedPerDay, digits: 6, "Returned servers by the length of the gap.",
      unit: "1/d", nil: "the number or the gap is not known")
    try c.number(
      "gone_per_day", &gonePerDay, digits: 6, "Gone servers by the length of the gap.", unit: "1/d",
      nil: "the number or the gap is not known")
    try c.number(
      "went_down_per_day", &wentDownPerDay, digits: 6,
      "Gone down servers by the length of the gap.", unit: "1/d",
      nil: "the number or the gap is not known")
    try c.number(
      "came_up_per_day", &cameUpPerDay, digits: 6, "Come up servers by the length of the gap.",
      unit: "1/d", nil: "the number or the gap is not known")
  }

  public var sortKey: SortKey { .of(scan) }
}

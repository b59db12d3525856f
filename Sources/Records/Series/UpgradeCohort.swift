public import Artifact

/// The servers that ever claimed one version of an implementation.
public struct UpgradeCohort: ListedRow, Equatable {
  public static let schema = table(
    "features.upgrades", version: 1, .csv, key: ["software", "version"],
    "Cohorts by implementation and version claimed.")

  public var software = ""
  public var version = ""
  public var firstScan = ""
  public var lastScan = ""
  public var firstSeen: String?
  public var lastSeen: String?
  public var fromStart = false
  public var serversEver = 0
  public var serversNow = 0
  public var movedIn = 0
  public var fromOtherSoftware = 0
  public var downgrades = 0
  public var daysQ1: Double?
  public var daysMedian: Double?
  public var daysQ3: Double?

  public init(software: String, version: String, firstScan: String, lastScan: String) {
    self.software = software
    self.version = version
    self.firstScan = firstScan
    self.lastScan = lastScan
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "software", &software, "Implementation claimed; `*` where claims are told apart no more.")
    try c.text(
      "version", &version,
      "Version claimed; `absent` where the claim names none; `*`: versions that are new with servers that were the first to claim 64 others."
    )
    try c.text("first_scan", &firstScan, "First scan in which a server claims it.")
    try c.text("last_scan", &lastScan, "Last scan in which a server claims it.")
    try c.timestamp(
      "first_seen", &firstSeen, "Start of the first of these scans with a time, UTC.",
      nil: "none has a time")
    try c.timestamp(
      "last_seen", &lastSeen, "Start of the last of these scans with a time, UTC.",
      nil: "none has a time")
    try c.boolean(
      "from_start", &fromStart,
      "True where the first scan of the series has it: how old it was then is not known.")
    try c.integer("servers_ever", &serversEver, "Servers that ever claimed it.")
    try c.integer("servers_now", &serversNow, "Servers whose last claim it is.")
    try c.integer("moved_in", &movedIn, "Servers that claimed another version before.")
    try c.integer(
      "from_other_software", &fromOtherSoftware,
      "Those of them that claimed another implementation.")
    try c.integer(
      "downgrades", &downgrades,
      "Servers that claimed a later version of the implementation before, where the two can be compared."
    )
    try c.number(
      "days_q1", &daysQ1, digits: 6,
      "Lower quartile of the time from the version's first sight to a server's move to it.",
      unit: "d", nil: "no move with a time, or from_start")
    try c.number(
      "days_median", &daysMedian, digits: 6, "Median of that time.", unit: "d",
      nil: "no move with a time, or from_start")
    try c.number(
      "days_q3", &daysQ3, digits: 6, "Upper quartile of that time.", unit: "d",
      nil: "no move with a time, or from_start")
  }

  public var sortKey: SortKey { .of(software, version) }
}

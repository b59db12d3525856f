public import Artifact

/// Something that many servers have in common failed, or did so at once.
public struct Outage: ListedRow, Equatable {
  public static let schema = table(
    "features.outages", version: 1, .csv, key: ["scan", "rule", "stratum"],
    "Outages recognised, a row a scan, rule and stratum.")

  public var scan = ""
  public var rule = ExclusionRule.vantage
  public var stratum = ""
  public var vantage = ""
  public var startedAt: String?
  public var serversBefore = 0
  public var serversAffected = 0
  public var ownersBefore: Int?
  public var ownersAffected: Int?
  public var share = 0.0
  public var threshold: Double?

  public init(scan: String, rule: ExclusionRule, stratum: String, vantage: String) {
    self.scan = scan
    self.rule = rule
    self.stratum = stratum
    self.vantage = vantage
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("scan", &scan, "The scan.")
    try c.word("rule", &rule, "Rule that recognises it.")
    try c.text(
      "stratum", &stratum,
      "What failed: `AS` and number; `all`, or an address family, of a vantage; `scan` where it ended early; implementation and version that many went to."
    )
    try c.text("vantage", &vantage, "Where the scan was taken from.")
    try c.timestamp(
      "started_at", &startedAt, "Start of the scan, UTC.", nil: "the scan's name has no time")
    try c.integer(
      "servers_before", &serversBefore,
      "Servers of the stratum that were up before and tried now; of a scan that ended early, all its servers; of a release, those of the implementation."
    )
    try c.integer(
      "servers_affected", &serversAffected,
      "Those of them that went down, were not dealt with, or moved to the version.")
    try c.integer(
      "owners_before", &ownersBefore,
      "Of an autonomous system: the servers before, those with a common key, registrable domain or prefix (/24, /48) counted as one owner's.",
      nil: "another rule")
    try c.integer(
      "owners_affected", &ownersAffected,
      "Those of these owners more than half of whose servers there went down.", nil: "another rule")
    try c.number(
      "share", &share, digits: 6, "The one by the other: owners where they are told, else servers.")
    try c.number(
      "threshold", &threshold, digits: 6, "Share above which the rule holds.",
      nil: "the rule has none")
  }

  public var sortKey: SortKey { .of(scan, rule, stratum) }
}

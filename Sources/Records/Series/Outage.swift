public import Artifact

/// Something that many servers have in common failed, or did so at once.
public struct Outage: ArtifactRow, Equatable {
  /// The scan.
  public var scan: String
  /// Rule that recognises it.
  public var rule: ExclusionRule
  /// What failed: `AS` and number; `all`, or an address family, of a vantage; `scan` where it ended early; implementation and version that many went to.
  public var stratum: String
  /// Where the scan was taken from.
  public var vantage: String
  /// Start of the scan, UTC. nil: the scan's name has no time.
  public var startedAt: String?
  /// Servers of the stratum that were up before and tried now; of a scan that ended early, all its servers; of a release, those of the implementation.
  public var serversBefore: Int
  /// Those of them that went down, were not dealt with, or moved to the version.
  public var serversAffected: Int
  /// The one by the other.
  public var share: Double
  /// Share above which the rule holds. nil: the rule has none.
  public var threshold: Double?

  public init(
    scan: String, rule: ExclusionRule, stratum: String, vantage: String, startedAt: String? = nil,
    serversBefore: Int, serversAffected: Int, share: Double, threshold: Double? = nil
  ) {
    self.scan = scan
    self.rule = rule
    self.stratum = stratum
    self.vantage = vantage
    self.startedAt = startedAt
    self.serversBefore = serversBefore
    self.serversAffected = serversAffected
    self.share = share
    self.threshold = threshold
  }
}

extension Outage {
  static let columns: [Column] = [
    Column("scan", .text, "The scan."),
    Column("rule", .word(ExclusionRule.words), "Rule that recognises it."),
    Column(
      "stratum", .text,
      "What failed: `AS` and number; `all`, or an address family, of a vantage; `scan` where it ended early; implementation and version that many went to."
    ),
    Column("vantage", .text, "Where the scan was taken from."),
    Column(
      "started_at", .timestamp, "Start of the scan, UTC.", empty: "the scan's name has no time"),
    Column(
      "servers_before", .integer,
      "Servers of the stratum that were up before and tried now; of a scan that ended early, all its servers; of a release, those of the implementation."
    ),
    Column(
      "servers_affected", .integer,
      "Those of them that went down, were not dealt with, or moved to the version."),
    Column("share", .number(significantDigits: 6), "The one by the other."),
    Column(
      "threshold", .number(significantDigits: 6), "Share above which the rule holds.",
      empty: "the rule has none"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.outages", version: 1, encoding: .csv, key: ["scan", "rule", "stratum"],
    summary: "Outages recognised, a row a scan, rule and stratum.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(scan)
    key.append(rule.rawValue)
    key.append(stratum)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("scan", scan)
    encoder.text("rule", rule.rawValue)
    encoder.text("stratum", stratum)
    encoder.text("vantage", vantage)
    encoder.text("started_at", startedAt)
    encoder.integer("servers_before", serversBefore)
    encoder.integer("servers_affected", serversAffected)
    encoder.number("share", share, significantDigits: 6)
    encoder.number("threshold", threshold, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    scan = try decoder.text("scan")
    rule = try decoder.word("rule", ExclusionRule.self)
    stratum = try decoder.text("stratum")
    vantage = try decoder.text("vantage")
    startedAt = try decoder.optionalText("started_at")
    serversBefore = try decoder.integer("servers_before")
    serversAffected = try decoder.integer("servers_affected")
    share = try decoder.number("share")
    threshold = try decoder.optionalNumber("threshold")
  }
}

public import Artifact

/// The servers that ever claimed one version of an implementation.
public struct UpgradeCohort: ArtifactRow, Equatable {
  /// Implementation claimed; `*` where claims are told apart no more.
  public var software: String
  /// Version claimed; `absent` where the claim names none; `*`: versions that are new with servers that were the first to claim 64 others.
  public var version: String
  /// First scan in which a server claims it.
  public var firstScan: String
  /// Last scan in which a server claims it.
  public var lastScan: String
  /// Start of the first of these scans with a time, UTC. nil: none has a time.
  public var firstSeen: String?
  /// Start of the last of these scans with a time, UTC. nil: none has a time.
  public var lastSeen: String?
  /// True where the first scan of the series has it: how old it was then is not known.
  public var fromStart: Bool
  /// Servers that ever claimed it.
  public var serversEver: Int
  /// Servers whose last claim it is.
  public var serversNow: Int
  /// Servers that claimed another version before.
  public var movedIn: Int
  /// Those of them that claimed another implementation.
  public var fromOtherSoftware: Int
  /// Servers that claimed a later version of the implementation before, where the two can be compared.
  public var downgrades: Int
  /// Lower quartile of the time from the version's first sight to a server's move to it. Unit: d. nil: no move with a time, or from_start.
  public var daysQ1: Double?
  /// Median of that time. Unit: d. nil: no move with a time, or from_start.
  public var daysMedian: Double?
  /// Upper quartile of that time. Unit: d. nil: no move with a time, or from_start.
  public var daysQ3: Double?

  public init(
    software: String, version: String, firstScan: String, lastScan: String,
    firstSeen: String? = nil, lastSeen: String? = nil, fromStart: Bool, serversEver: Int,
    serversNow: Int, movedIn: Int, fromOtherSoftware: Int, downgrades: Int, daysQ1: Double? = nil,
    daysMedian: Double? = nil, daysQ3: Double? = nil
  ) {
    self.software = software
    self.version = version
    self.firstScan = firstScan
    self.lastScan = lastScan
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.fromStart = fromStart
    self.serversEver = serversEver
    self.serversNow = serversNow
    self.movedIn = movedIn
    self.fromOtherSoftware = fromOtherSoftware
    self.downgrades = downgrades
    self.daysQ1 = daysQ1
    self.daysMedian = daysMedian
    self.daysQ3 = daysQ3
  }
}

extension UpgradeCohort {
  static let columns: [Column] = [
    Column("software", .text, "Implementation claimed; `*` where claims are told apart no more."),
    Column(
      "version", .text,
      "Version claimed; `absent` where the claim names none; `*`: versions that are new with servers that were the first to claim 64 others."
    ),
    Column("first_scan", .text, "First scan in which a server claims it."),
    Column("last_scan", .text, "Last scan in which a server claims it."),
    Column(
      "first_seen", .timestamp, "Start of the first of these scans with a time, UTC.",
      empty: "none has a time"),
    Column(
      "last_seen", .timestamp, "Start of the last of these scans with a time, UTC.",
      empty: "none has a time"),
    Column(
      "from_start", .boolean,
      "True where the first scan of the series has it: how old it was then is not known."),
    Column("servers_ever", .integer, "Servers that ever claimed it."),
    Column("servers_now", .integer, "Servers whose last claim it is."),
    Column("moved_in", .integer, "Servers that claimed another version before."),
    Column("from_other_software", .integer, "Those of them that claimed another implementation."),
    Column(
      "downgrades", .integer,
      "Servers that claimed a later version of the implementation before, where the two can be compared."
    ),
    Column(
      "days_q1", .number(significantDigits: 6),
      "Lower quartile of the time from the version's first sight to a server's move to it.",
      unit: "d", empty: "no move with a time, or from_start"),
    Column(
      "days_median", .number(significantDigits: 6), "Median of that time.", unit: "d",
      empty: "no move with a time, or from_start"),
    Column(
      "days_q3", .number(significantDigits: 6), "Upper quartile of that time.", unit: "d",
      empty: "no move with a time, or from_start"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.upgrades", version: 1, encoding: .csv, key: ["software", "version"],
    summary: "Cohorts by implementation and version claimed.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(software)
    key.append(version)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("software", software)
    encoder.text("version", version)
    encoder.text("first_scan", firstScan)
    encoder.text("last_scan", lastScan)
    encoder.text("first_seen", firstSeen)
    encoder.text("last_seen", lastSeen)
    encoder.boolean("from_start", fromStart)
    encoder.integer("servers_ever", serversEver)
    encoder.integer("servers_now", serversNow)
    encoder.integer("moved_in", movedIn)
    encoder.integer("from_other_software", fromOtherSoftware)
    encoder.integer("downgrades", downgrades)
    encoder.number("days_q1", daysQ1, significantDigits: 6)
    encoder.number("days_median", daysMedian, significantDigits: 6)
    encoder.number("days_q3", daysQ3, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    software = try decoder.text("software")
    version = try decoder.text("version")
    firstScan = try decoder.text("first_scan")
    lastScan = try decoder.text("last_scan")
    firstSeen = try decoder.optionalText("first_seen")
    lastSeen = try decoder.optionalText("last_seen")
    fromStart = try decoder.boolean("from_start")
    serversEver = try decoder.integer("servers_ever")
    serversNow = try decoder.integer("servers_now")
    movedIn = try decoder.integer("moved_in")
    fromOtherSoftware = try decoder.integer("from_other_software")
    downgrades = try decoder.integer("downgrades")
    daysQ1 = try decoder.optionalNumber("days_q1")
    daysMedian = try decoder.optionalNumber("days_median")
    daysQ3 = try decoder.optionalNumber("days_q3")
  }
}

public import Artifact

/// What changed in the population from a vantage's earlier scan to this one.
public struct ScanChurn: ArtifactRow, Equatable {
  /// The scan.
  public var scan: String
  /// Where it was taken from.
  public var vantage: String
  /// Start of the scan, UTC. nil: the scan's name has no time.
  public var startedAt: String?
  /// False where endpoints show that the scan ended early.
  public var complete: Bool
  /// Time since the vantage's scan before. Unit: h. nil: there is none, or a time is not known.
  public var gapHours: Double?
  /// Servers in the scan: up, down, unknown and excused.
  public var known: Int
  /// Servers of which an endpoint was tried.
  public var tried: Int
  /// Servers that were up.
  public var up: Int
  /// Servers that were down, and nothing excuses them.
  public var down: Int
  /// Servers whose state is not known.
  public var unknown: Int
  /// Servers whose failure is not held against them.
  public var excused: Int
  /// Servers that no earlier scan of the vantage has. nil: the vantage's first scan.
  public var new: Int?
  /// Servers that an earlier scan has and the vantage's last complete one, and any since, has not. nil: the vantage's first scan.
  public var returned: Int?
  /// Servers that the vantage's last complete scan, or one since, has and this one has not. nil: the first scan, or one that ended early.
  public var gone: Int?
  /// Servers that were up when their state was last known and are down, excused ones aside.
  public var wentDown: Int
  /// Servers that were down when their state was last known and are up, after excused downs aside.
  public var cameUp: Int
  /// New servers by the length of the gap. Unit: 1/d. nil: the number or the gap is not known.
  public var newPerDay: Double?
  /// Returned servers by the length of the gap. Unit: 1/d. nil: the number or the gap is not known.
  public var returnedPerDay: Double?
  /// Gone servers by the length of the gap. Unit: 1/d. nil: the number or the gap is not known.
  public var gonePerDay: Double?
  /// Gone down servers by the length of the gap. Unit: 1/d. nil: the number or the gap is not known.
  public var wentDownPerDay: Double?
  /// Come up servers by the length of the gap. Unit: 1/d. nil: the number or the gap is not known.
  public var cameUpPerDay: Double?

  public init(
    scan: String, vantage: String, startedAt: String? = nil, complete: Bool,
    gapHours: Double? = nil, known: Int, tried: Int, up: Int, down: Int, unknown: Int,
    excused: Int, new: Int? = nil, returned: Int? = nil, gone: Int? = nil, wentDown: Int,
    cameUp: Int, newPerDay: Double? = nil, returnedPerDay: Double? = nil,
    gonePerDay: Double? = nil, wentDownPerDay: Double? = nil, cameUpPerDay: Double? = nil
  ) {
    self.scan = scan
    self.vantage = vantage
    self.startedAt = startedAt
    self.complete = complete
    self.gapHours = gapHours
    self.known = known
    self.tried = tried
    self.up = up
    self.down = down
    self.unknown = unknown
    self.excused = excused
    self.new = new
    self.returned = returned
    self.gone = gone
    self.wentDown = wentDown
    self.cameUp = cameUp
    self.newPerDay = newPerDay
    self.returnedPerDay = returnedPerDay
    self.gonePerDay = gonePerDay
    self.wentDownPerDay = wentDownPerDay
    self.cameUpPerDay = cameUpPerDay
  }
}

extension ScanChurn {
  static let columns: [Column] = [
    Column("scan", .text, "The scan."),
    Column("vantage", .text, "Where it was taken from."),
    Column(
      "started_at", .timestamp, "Start of the scan, UTC.", empty: "the scan's name has no time"),
    Column(
      "complete", .boolean,
      "False where the scan says, or endpoints show, that it ended early."),
    Column(
      "gap_hours", .number(significantDigits: 6), "Time since the vantage's scan before.",
      unit: "h", empty: "there is none, or a time is not known"),
    Column("known", .integer, "Servers in the scan: up, down, unknown and excused."),
    Column("tried", .integer, "Servers of which an endpoint was tried."),
    Column("up", .integer, "Servers that were up."),
    Column("down", .integer, "Servers that were down, and nothing excuses them."),
    Column("unknown", .integer, "Servers whose state is not known."),
    Column("excused", .integer, "Servers whose failure is not held against them."),
    Column(
      "new", .integer, "Servers that no earlier scan of the vantage has.",
      empty: "the vantage's first scan"),
    Column(
      "returned", .integer,
      "Servers that an earlier scan has and the vantage's last complete one, and any since, has not.",
      empty: "the vantage's first scan"),
    Column(
      "gone", .integer,
      "Servers that the vantage's last complete scan, or one since, has and this one has not.",
      empty: "the first scan, or one that ended early"),
    Column(
      "went_down", .integer,
      "Servers that were up when their state was last known and are down, excused ones aside."),
    Column(
      "came_up", .integer,
      "Servers that were down when their state was last known and are up, after excused downs aside."
    ),
    Column(
      "new_per_day", .number(significantDigits: 6), "New servers by the length of the gap.",
      unit: "1/d", empty: "the number or the gap is not known"),
    Column(
      "returned_per_day", .number(significantDigits: 6),
      "Returned servers by the length of the gap.", unit: "1/d",
      empty: "the number or the gap is not known"),
    Column(
      "gone_per_day", .number(significantDigits: 6), "Gone servers by the length of the gap.",
      unit: "1/d", empty: "the number or the gap is not known"),
    Column(
      "went_down_per_day", .number(significantDigits: 6),
      "Gone down servers by the length of the gap.", unit: "1/d",
      empty: "the number or the gap is not known"),
    Column(
      "came_up_per_day", .number(significantDigits: 6),
      "Come up servers by the length of the gap.", unit: "1/d",
      empty: "the number or the gap is not known"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.churn", version: 1, encoding: .csv, key: ["scan"],
    summary: "Population and its changes, a row a scan.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(scan)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("scan", scan)
    encoder.text("vantage", vantage)
    encoder.text("started_at", startedAt)
    encoder.boolean("complete", complete)
    encoder.number("gap_hours", gapHours, significantDigits: 6)
    encoder.integer("known", known)
    encoder.integer("tried", tried)
    encoder.integer("up", up)
    encoder.integer("down", down)
    encoder.integer("unknown", unknown)
    encoder.integer("excused", excused)
    encoder.integer("new", new)
    encoder.integer("returned", returned)
    encoder.integer("gone", gone)
    encoder.integer("went_down", wentDown)
    encoder.integer("came_up", cameUp)
    encoder.number("new_per_day", newPerDay, significantDigits: 6)
    encoder.number("returned_per_day", returnedPerDay, significantDigits: 6)
    encoder.number("gone_per_day", gonePerDay, significantDigits: 6)
    encoder.number("went_down_per_day", wentDownPerDay, significantDigits: 6)
    encoder.number("came_up_per_day", cameUpPerDay, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    scan = try decoder.text("scan")
    vantage = try decoder.text("vantage")
    startedAt = try decoder.optionalText("started_at")
    complete = try decoder.boolean("complete")
    gapHours = try decoder.optionalNumber("gap_hours")
    known = try decoder.integer("known")
    tried = try decoder.integer("tried")
    up = try decoder.integer("up")
    down = try decoder.integer("down")
    unknown = try decoder.integer("unknown")
    excused = try decoder.integer("excused")
    new = try decoder.optionalInteger("new")
    returned = try decoder.optionalInteger("returned")
    gone = try decoder.optionalInteger("gone")
    wentDown = try decoder.integer("went_down")
    cameUp = try decoder.integer("came_up")
    newPerDay = try decoder.optionalNumber("new_per_day")
    returnedPerDay = try decoder.optionalNumber("returned_per_day")
    gonePerDay = try decoder.optionalNumber("gone_per_day")
    wentDownPerDay = try decoder.optionalNumber("went_down_per_day")
    cameUpPerDay = try decoder.optionalNumber("came_up_per_day")
  }
}

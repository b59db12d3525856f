public import Artifact

/// How reliably one server was reached from one vantage, or from all.
public struct ServerReliability: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Where it was tried from; `*` takes the scans of all vantages as one series.
  public var vantage: String
  /// Scans that have the server: up, down, unknown and excused.
  public var scans: Int
  /// Scans in which it was up.
  public var scansUp: Int
  /// Scans in which it was down, and nothing excuses it.
  public var scansDown: Int
  /// Scans that say nothing of its state.
  public var scansUnknown: Int
  /// Scans whose failure is not held against it.
  public var scansExcused: Int
  /// Start of the first scan that has it, UTC. nil: no such scan has a time.
  public var firstSeen: String?
  /// Start of the last scan that has it, UTC. nil: no such scan has a time.
  public var lastSeen: String?
  /// Start of the first scan in which it was up, UTC. nil: never up in a scan with a time.
  public var firstUp: String?
  /// Start of the last scan in which it was up, UTC. nil: never up in a scan with a time.
  public var lastUp: String?
  /// Start of the last scan that counts in the averages, which are as of then, UTC. nil: no observation with a time counts.
  public var lastCounted: String?
  /// Exponentially weighted share of the time that it was up, time constant 2 hours; at most weight_2h. nil: no observation with a time counts.
  public var reliability2h: Double?
  /// Weight of all that was observed in it: what reliability would be had it always been up. nil: no observation with a time counts.
  public var weight2h: Double?
  /// Observations, weighted alike. nil: no observation with a time counts.
  public var count2h: Double?
  /// Exponentially weighted share of the time that it was up, time constant 8 hours; at most weight_8h. nil: no observation with a time counts.
  public var reliability8h: Double?
  /// Weight of all that was observed in it: what reliability would be had it always been up. nil: no observation with a time counts.
  public var weight8h: Double?
  /// Observations, weighted alike. nil: no observation with a time counts.
  public var count8h: Double?
  /// Exponentially weighted share of the time that it was up, time constant 1 day; at most weight_1d. nil: no observation with a time counts.
  public var reliability1d: Double?
  /// Weight of all that was observed in it: what reliability would be had it always been up. nil: no observation with a time counts.
  public var weight1d: Double?
  /// Observations, weighted alike. nil: no observation with a time counts.
  public var count1d: Double?
  /// Exponentially weighted share of the time that it was up, time constant 7 days; at most weight_7d. nil: no observation with a time counts.
  public var reliability7d: Double?
  /// Weight of all that was observed in it: what reliability would be had it always been up. nil: no observation with a time counts.
  public var weight7d: Double?
  /// Observations, weighted alike. nil: no observation with a time counts.
  public var count7d: Double?
  /// Exponentially weighted share of the time that it was up, time constant 30 days; at most weight_30d. nil: no observation with a time counts.
  public var reliability30d: Double?
  /// Weight of all that was observed in it: what reliability would be had it always been up. nil: no observation with a time counts.
  public var weight30d: Double?
  /// Observations, weighted alike. nil: no observation with a time counts.
  public var count30d: Double?
  /// Times that it was seen to go down, excused ones aside.
  public var downs: Int
  /// Time up: between observations that agree, and half of that between such as differ; gaps aside. Unit: h.
  public var hoursUp: Double
  /// Time down, likewise. Unit: h.
  public var hoursDown: Double
  /// Spells of being up.
  public var upSpells: Int
  /// Those of them that were seen to end; the others were still going on, or a gap hid their end.
  public var upSpellsEnded: Int
  /// Estimated mean length of a spell: hours_up by spells seen to end, which is right for spells of constant hazard under right censoring. Unit: h. nil: no spell was seen to end.
  public var meanHoursUp: Double?
  /// Longest spell up, a lower bound. Unit: h. nil: never up in a scan with a time.
  public var longestHoursUp: Double?
  /// Longest spell down, a lower bound. Unit: h. nil: never down in a scan with a time.
  public var longestHoursDown: Double?

  public init(
    serverID: String, vantage: String, scans: Int, scansUp: Int, scansDown: Int,
    scansUnknown: Int, scansExcused: Int, firstSeen: String? = nil, lastSeen: String? = nil,
    firstUp: String? = nil, lastUp: String? = nil, lastCounted: String? = nil,
    reliability2h: Double? = nil, weight2h: Double? = nil, count2h: Double? = nil,
    reliability8h: Double? = nil, weight8h: Double? = nil, count8h: Double? = nil,
    reliability1d: Double? = nil, weight1d: Double? = nil, count1d: Double? = nil,
    reliability7d: Double? = nil, weight7d: Double? = nil, count7d: Double? = nil,
    reliability30d: Double? = nil, weight30d: Double? = nil, count30d: Double? = nil, downs: Int,
    hoursUp: Double, hoursDown: Double, upSpells: Int, upSpellsEnded: Int,
    meanHoursUp: Double? = nil, longestHoursUp: Double? = nil, longestHoursDown: Double? = nil
  ) {
    self.serverID = serverID
    self.vantage = vantage
    self.scans = scans
    self.scansUp = scansUp
    self.scansDown = scansDown
    self.scansUnknown = scansUnknown
    self.scansExcused = scansExcused
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.firstUp = firstUp
    self.lastUp = lastUp
    self.lastCounted = lastCounted
    self.reliability2h = reliability2h
    self.weight2h = weight2h
    self.count2h = count2h
    self.reliability8h = reliability8h
    self.weight8h = weight8h
    self.count8h = count8h
    self.reliability1d = reliability1d
    self.weight1d = weight1d
    self.count1d = count1d
    self.reliability7d = reliability7d
    self.weight7d = weight7d
    self.count7d = count7d
    self.reliability30d = reliability30d
    self.weight30d = weight30d
    self.count30d = count30d
    self.downs = downs
    self.hoursUp = hoursUp
    self.hoursDown = hoursDown
    self.upSpells = upSpells
    self.upSpellsEnded = upSpellsEnded
    self.meanHoursUp = meanHoursUp
    self.longestHoursUp = longestHoursUp
    self.longestHoursDown = longestHoursDown
  }
}

extension ServerReliability {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column(
      "vantage", .text,
      "Where it was tried from; `*` takes the scans of all vantages as one series."),
    Column("scans", .integer, "Scans that have the server: up, down, unknown and excused."),
    Column("scans_up", .integer, "Scans in which it was up."),
    Column("scans_down", .integer, "Scans in which it was down, and nothing excuses it."),
    Column("scans_unknown", .integer, "Scans that say nothing of its state."),
    Column("scans_excused", .integer, "Scans whose failure is not held against it."),
    Column(
      "first_seen", .timestamp, "Start of the first scan that has it, UTC.",
      empty: "no such scan has a time"),
    Column(
      "last_seen", .timestamp, "Start of the last scan that has it, UTC.",
      empty: "no such scan has a time"),
    Column(
      "first_up", .timestamp, "Start of the first scan in which it was up, UTC.",
      empty: "never up in a scan with a time"),
    Column(
      "last_up", .timestamp, "Start of the last scan in which it was up, UTC.",
      empty: "never up in a scan with a time"),
    Column(
      "last_counted", .timestamp,
      "Start of the last scan that counts in the averages, which are as of then, UTC.",
      empty: "no observation with a time counts"),
    Column(
      "reliability_2h", .number(significantDigits: 6),
      "Exponentially weighted share of the time that it was up, time constant 2 hours; at most weight_2h.",
      empty: "no observation with a time counts"),
    Column(
      "weight_2h", .number(significantDigits: 6),
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      empty: "no observation with a time counts"),
    Column(
      "count_2h", .number(significantDigits: 6), "Observations, weighted alike.",
      empty: "no observation with a time counts"),
    Column(
      "reliability_8h", .number(significantDigits: 6),
      "Exponentially weighted share of the time that it was up, time constant 8 hours; at most weight_8h.",
      empty: "no observation with a time counts"),
    Column(
      "weight_8h", .number(significantDigits: 6),
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      empty: "no observation with a time counts"),
    Column(
      "count_8h", .number(significantDigits: 6), "Observations, weighted alike.",
      empty: "no observation with a time counts"),
    Column(
      "reliability_1d", .number(significantDigits: 6),
      "Exponentially weighted share of the time that it was up, time constant 1 day; at most weight_1d.",
      empty: "no observation with a time counts"),
    Column(
      "weight_1d", .number(significantDigits: 6),
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      empty: "no observation with a time counts"),
    Column(
      "count_1d", .number(significantDigits: 6), "Observations, weighted alike.",
      empty: "no observation with a time counts"),
    Column(
      "reliability_7d", .number(significantDigits: 6),
      "Exponentially weighted share of the time that it was up, time constant 7 days; at most weight_7d.",
      empty: "no observation with a time counts"),
    Column(
      "weight_7d", .number(significantDigits: 6),
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      empty: "no observation with a time counts"),
    Column(
      "count_7d", .number(significantDigits: 6), "Observations, weighted alike.",
      empty: "no observation with a time counts"),
    Column(
      "reliability_30d", .number(significantDigits: 6),
      "Exponentially weighted share of the time that it was up, time constant 30 days; at most weight_30d.",
      empty: "no observation with a time counts"),
    Column(
      "weight_30d", .number(significantDigits: 6),
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      empty: "no observation with a time counts"),
    Column(
      "count_30d", .number(significantDigits: 6), "Observations, weighted alike.",
      empty: "no observation with a time counts"),
    Column("downs", .integer, "Times that it was seen to go down, excused ones aside."),
    Column(
      "hours_up", .number(significantDigits: 6),
      "Time up: between observations that agree, and half of that between such as differ; gaps aside.",
      unit: "h"),
    Column("hours_down", .number(significantDigits: 6), "Time down, likewise.", unit: "h"),
    Column("up_spells", .integer, "Spells of being up."),
    Column(
      "up_spells_ended", .integer,
      "Those of them that were seen to end; the others were still going on, or a gap hid their end."
    ),
    Column(
      "mean_hours_up", .number(significantDigits: 6),
      "Estimated mean length of a spell: hours_up by spells seen to end, which is right for spells of constant hazard under right censoring.",
      unit: "h", empty: "no spell was seen to end"),
    Column(
      "longest_hours_up", .number(significantDigits: 6), "Longest spell up, a lower bound.",
      unit: "h", empty: "never up in a scan with a time"),
    Column(
      "longest_hours_down", .number(significantDigits: 6), "Longest spell down, a lower bound.",
      unit: "h", empty: "never down in a scan with a time"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.reliability", version: 1, encoding: .csv, key: ["server_id", "vantage"],
    summary: "Moving averages and spells, a row a server and vantage, and one for all.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(vantage)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("vantage", vantage)
    encoder.integer("scans", scans)
    encoder.integer("scans_up", scansUp)
    encoder.integer("scans_down", scansDown)
    encoder.integer("scans_unknown", scansUnknown)
    encoder.integer("scans_excused", scansExcused)
    encoder.text("first_seen", firstSeen)
    encoder.text("last_seen", lastSeen)
    encoder.text("first_up", firstUp)
    encoder.text("last_up", lastUp)
    encoder.text("last_counted", lastCounted)
    encoder.number("reliability_2h", reliability2h, significantDigits: 6)
    encoder.number("weight_2h", weight2h, significantDigits: 6)
    encoder.number("count_2h", count2h, significantDigits: 6)
    encoder.number("reliability_8h", reliability8h, significantDigits: 6)
    encoder.number("weight_8h", weight8h, significantDigits: 6)
    encoder.number("count_8h", count8h, significantDigits: 6)
    encoder.number("reliability_1d", reliability1d, significantDigits: 6)
    encoder.number("weight_1d", weight1d, significantDigits: 6)
    encoder.number("count_1d", count1d, significantDigits: 6)
    encoder.number("reliability_7d", reliability7d, significantDigits: 6)
    encoder.number("weight_7d", weight7d, significantDigits: 6)
    encoder.number("count_7d", count7d, significantDigits: 6)
    encoder.number("reliability_30d", reliability30d, significantDigits: 6)
    encoder.number("weight_30d", weight30d, significantDigits: 6)
    encoder.number("count_30d", count30d, significantDigits: 6)
    encoder.integer("downs", downs)
    encoder.number("hours_up", hoursUp, significantDigits: 6)
    encoder.number("hours_down", hoursDown, significantDigits: 6)
    encoder.integer("up_spells", upSpells)
    encoder.integer("up_spells_ended", upSpellsEnded)
    encoder.number("mean_hours_up", meanHoursUp, significantDigits: 6)
    encoder.number("longest_hours_up", longestHoursUp, significantDigits: 6)
    encoder.number("longest_hours_down", longestHoursDown, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    vantage = try decoder.text("vantage")
    scans = try decoder.integer("scans")
    scansUp = try decoder.integer("scans_up")
    scansDown = try decoder.integer("scans_down")
    scansUnknown = try decoder.integer("scans_unknown")
    scansExcused = try decoder.integer("scans_excused")
    firstSeen = try decoder.optionalText("first_seen")
    lastSeen = try decoder.optionalText("last_seen")
    firstUp = try decoder.optionalText("first_up")
    lastUp = try decoder.optionalText("last_up")
    lastCounted = try decoder.optionalText("last_counted")
    reliability2h = try decoder.optionalNumber("reliability_2h")
    weight2h = try decoder.optionalNumber("weight_2h")
    count2h = try decoder.optionalNumber("count_2h")
    reliability8h = try decoder.optionalNumber("reliability_8h")
    weight8h = try decoder.optionalNumber("weight_8h")
    count8h = try decoder.optionalNumber("count_8h")
    reliability1d = try decoder.optionalNumber("reliability_1d")
    weight1d = try decoder.optionalNumber("weight_1d")
    count1d = try decoder.optionalNumber("count_1d")
    reliability7d = try decoder.optionalNumber("reliability_7d")
    weight7d = try decoder.optionalNumber("weight_7d")
    count7d = try decoder.optionalNumber("count_7d")
    reliability30d = try decoder.optionalNumber("reliability_30d")
    weight30d = try decoder.optionalNumber("weight_30d")
    count30d = try decoder.optionalNumber("count_30d")
    downs = try decoder.integer("downs")
    hoursUp = try decoder.number("hours_up")
    hoursDown = try decoder.number("hours_down")
    upSpells = try decoder.integer("up_spells")
    upSpellsEnded = try decoder.integer("up_spells_ended")
    meanHoursUp = try decoder.optionalNumber("mean_hours_up")
    longestHoursUp = try decoder.optionalNumber("longest_hours_up")
    longestHoursDown = try decoder.optionalNumber("longest_hours_down")
  }
}

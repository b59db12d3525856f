public import Artifact

/// How reliably one server was reached from one vantage, or from all.
public struct ServerReliability: ListedRow, Equatable {
  public static let schema = table(
    "features.reliability", version: 1, .csv, key: ["server_id", "vantage"],
    "Moving averages and spells, a row a server and vantage, and one for all.")

  public var serverID = ""
  public var vantage = ""
  public var scans = 0
  public var scansUp = 0
  public var scansDown = 0
  public var scansUnknown = 0
  public var scansExcused = 0
  public var firstSeen: String?
  public var lastSeen: String?
  public var firstUp: String?
  public var lastUp: String?
  public var lastCounted: String?
  public var reliability2h: Double?
  public var weight2h: Double?
  public var count2h: Double?
  public var reliability8h: Double?
  public var weight8h: Double?
  public var count8h: Double?
  public var reliability1d: Double?
  public var weight1d: Double?
  public var count1d: Double?
  public var reliability7d: Double?
  public var weight7d: Double?
  public var count7d: Double?
  public var reliability30d: Double?
  public var weight30d: Double?
  public var count30d: Double?
  public var downs = 0
  public var hoursUp = 0.0
  public var hoursDown = 0.0
  public var upSpells = 0
  public var upSpellsEnded = 0
  public var meanHoursUp: Double?
  public var longestHoursUp: Double?
  public var longestHoursDown: Double?

  public init(serverID: String, vantage: String) {
    self.serverID = serverID
    self.vantage = vantage
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "vantage", &vantage,
      "Where it was tried from; `*` takes the scans of all vantages as one series.")
    try c.integer("scans", &scans, "Scans that have the server: up, down, unknown and excused.")
    try c.integer("scans_up", &scansUp, "Scans in which it was up.")
    try c.integer("scans_down", &scansDown, "Scans in which it was down, and nothing excuses it.")
    try c.integer("scans_unknown", &scansUnknown, "Scans that say nothing of its state.")
    try c.integer("scans_excused", &scansExcused, "Scans whose failure is not held against it.")
    try c.timestamp(
      "first_seen", &firstSeen, "Start of the first scan that has it, UTC.",
      nil: "no such scan has a time")
    try c.timestamp(
      "last_seen", &lastSeen, "Start of the last scan that has it, UTC.",
      nil: "no such scan has a time")
    try c.timestamp(
      "first_up", &firstUp, "Start of the first scan in which it was up, UTC.",
      nil: "never up in a scan with a time")
    try c.timestamp(
      "last_up", &lastUp, "Start of the last scan in which it was up, UTC.",
      nil: "never up in a scan with a time")
    try c.timestamp(
      "last_counted", &lastCounted,
      "Start of the last scan that counts in the averages, which are as of then, UTC.",
      nil: "no observation with a time counts")
    try c.number(
      "reliability_2h", &reliability2h, digits: 6,
      "Exponentially weighted share of the time that it was up, time constant 2 hours; at most weight_2h.",
      nil: "no observation with a time counts")
    try c.number(
      "weight_2h", &weight2h, digits: 6,
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      nil: "no observation with a time counts")
    try c.number(
      "count_2h", &count2h, digits: 6, "Observations, weighted alike.",
      nil: "no observation with a time counts")
    try c.number(
      "reliability_8h", &reliability8h, digits: 6,
      "Exponentially weighted share of the time that it was up, time constant 8 hours; at most weight_8h.",
      nil: "no observation with a time counts")
    try c.number(
      "weight_8h", &weight8h, digits: 6,
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      nil: "no observation with a time counts")
    try c.number(
      "count_8h", &count8h, digits: 6, "Observations, weighted alike.",
      nil: "no observation with a time counts")
    try c.number(
      "reliability_1d", &reliability1d, digits: 6,
      "Exponentially weighted share of the time that it was up, time constant 1 day; at most weight_1d.",
      nil: "no observation with a time counts")
    try c.number(
      "weight_1d", &weight1d, digits: 6,
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      nil: "no observation with a time counts")
    try c.number(
      "count_1d", &count1d, digits: 6, "Observations, weighted alike.",
      nil: "no observation with a time counts")
    try c.number(
      "reliability_7d", &reliability7d, digits: 6,
      "Exponentially weighted share of the time that it was up, time constant 7 days; at most weight_7d.",
      nil: "no observation with a time counts")
    try c.number(
      "weight_7d", &weight7d, digits: 6,
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      nil: "no observation with a time counts")
    try c.number(
      "count_7d", &count7d, digits: 6, "Observations, weighted alike.",
      nil: "no observation with a time counts")
    try c.number(
      "reliability_30d", &reliability30d, digits: 6,
      "Exponentially weighted share of the time that it was up, time constant 30 days; at most weight_30d.",
      nil: "no observation with a time counts")
    try c.number(
      "weight_30d", &weight30d, digits: 6,
      "Weight of all that was observed in it: what reliability would be had it always been up.",
      nil: "no observation with a time counts")
    try c.number(
      "count_30d", &count30d, digits: 6, "Observations, weighted alike.",
      nil: "no observation with a time counts")
    try c.integer("downs", &downs, "Times that it was seen to go down, excused ones aside.")
    try c.number(
      "hours_up", &hoursUp, digits: 6,
      "Time up: between observations that agree, and half of that between such as differ; gaps aside.",
      unit: "h")
    try c.number("hours_down", &hoursDown, digits: 6, "Time down, likewise.", unit: "h")
    try c.integer("up_spells", &upSpells, "Spells of being up.")
    try c.integer(
      "up_spells_ended", &upSpellsEnded,
      "Those of them that were seen to end; the others were still going on, or a gap hid their end."
    )
    try c.number(
      "mean_hours_up", &meanHoursUp, digits: 6,
      "Estimated mean length of a spell: hours_up by spells seen to end, which is right for spells of constant hazard under right censoring.",
      unit: "h", nil: "no spell was seen to end")
    try c.number(
      "longest_hours_up", &longestHoursUp, digits: 6, "Longest spell up, a lower bound.", unit: "h",
      nil: "never up in a scan with a time")
    try c.number(
      "longest_hours_down", &longestHoursDown, digits: 6, "Longest spell down, a lower bound.",
      unit: "h", nil: "never down in a scan with a time")
  }

  public var sortKey: SortKey { .of(serverID, vantage) }
}

public import Artifact

/// How long a host stood in a list over the series.
public struct ListingLifetime: ArtifactRow, Equatable {
  /// What kind of list it is.
  public var sourceKind: ListingKind
  /// Name of the list.
  public var source: String
  /// The host, in lower case.
  public var host: String
  /// The host in every form that was listed.
  public var names: [String]
  /// True for an onion service.
  public var onion: Bool
  /// Ports ever listed, as `transport:port`.
  public var ports: [String]
  /// Protocol versions ever listed.
  public var protocolVersions: [String]
  /// First scan whose state of the list has it.
  public var firstScan: String
  /// Last one.
  public var lastScan: String
  /// Time of the first state that has it, UTC. nil: the list's states have no times, or go back.
  public var firstListedAt: String?
  /// Time of the last state that has it, UTC. nil: the list's states have no times, or go back.
  public var lastListedAt: String?
  /// Time of the state by which it had first left, UTC. nil: it never left, or there are no times.
  public var firstGoneAt: String?
  /// Time of the state by which it had left for good, UTC. nil: it is still listed, or no times.
  public var goneAt: String?
  /// True where the list's first state has it: it may have been listed before.
  public var fromFirstState: Bool
  /// States that have it.
  public var statesListed: Int
  /// States of the list.
  public var listStates: Int
  /// How often it came: once, and once more after each leave.
  public var spells: Int
  /// Days in the list. Unit: days. nil: the list's states have no times, or go back.
  public var daysListed: Double?
  /// True where the last state has it. nil: that state is cut short.
  public var stillListed: Bool?

  public init(
    sourceKind: ListingKind, source: String, host: String, names: [String] = [],
    onion: Bool = false, ports: [String] = [], protocolVersions: [String] = [],
    firstScan: String, lastScan: String, firstListedAt: String? = nil,
    lastListedAt: String? = nil, firstGoneAt: String? = nil, goneAt: String? = nil,
    fromFirstState: Bool, statesListed: Int, listStates: Int, spells: Int,
    daysListed: Double? = nil, stillListed: Bool? = nil
  ) {
    self.sourceKind = sourceKind
    self.source = source
    self.host = host
    self.names = names
    self.onion = onion
    self.ports = ports
    self.protocolVersions = protocolVersions
    self.firstScan = firstScan
    self.lastScan = lastScan
    self.firstListedAt = firstListedAt
    self.lastListedAt = lastListedAt
    self.firstGoneAt = firstGoneAt
    self.goneAt = goneAt
    self.fromFirstState = fromFirstState
    self.statesListed = statesListed
    self.listStates = listStates
    self.spells = spells
    self.daysListed = daysListed
    self.stillListed = stillListed
  }
}

extension ListingLifetime {
  private static let noTimes = "the list's states have no times, or their times go back"

  static let columns: [Column] = [
    Column("source_kind", .word(ListingKind.words), "What kind of list it is."),
    Column("source", .text, "Name of the list."),
    Column("host", .text, "The host, in lower case."),
    Column("names", .texts, "The host in every form that was listed."),
    Column("onion", .boolean, "True for an onion service."),
    Column("ports", .texts, "Ports ever listed, as `transport:port`."),
    Column("protocol_versions", .texts, "Protocol versions ever listed."),
    Column("first_scan", .text, "First scan whose state of the list has it."),
    Column("last_scan", .text, "Last scan whose state of the list has it."),
    Column(
      "first_listed_at", .timestamp, "Time of the first state that has it, UTC.", empty: noTimes),
    Column(
      "last_listed_at", .timestamp, "Time of the last state that has it, UTC.", empty: noTimes),
    Column(
      "first_gone_at", .timestamp, "Time of the first state by which it had left, UTC.",
      empty: "it never left, or " + noTimes),
    Column(
      "gone_at", .timestamp, "Time of the state by which it had left and not come back, UTC.",
      empty: "it was not seen to leave after it last came, or " + noTimes),
    Column(
      "from_first_state", .boolean,
      "True where the list's first state has it: it may have been listed before."),
    Column("states_listed", .integer, "States of the list that have it."),
    Column("list_states", .integer, "States of the list: the same in all rows of a list."),
    Column("spells", .integer, "How often it came: once, and once more after each leave."),
    Column(
      "days_listed", .number(significantDigits: 9),
      "Sum over its spells of the time from the state in which it came to the next one without it; "
        + "a spell that has no such end counts up to the last state that has it.",
      unit: "days", empty: noTimes),
    Column(
      "still_listed", .boolean, "True where the list's last state has it.",
      empty: "that state is cut short, and does not tell"),
  ]

  public static let schema = ArtifactSchema(
    id: "features.listings", version: 1, encoding: .csv, key: ["source_kind", "source", "host"],
    summary: "How long each host stood in each list; one state of a list a scan.",
    columns: columns)

  public var sortKey: SortKey { .of(sourceKind.rawValue, source, host) }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("source_kind", sourceKind.rawValue)
    encoder.text("source", source)
    encoder.text("host", host)
    encoder.texts("names", names)
    encoder.boolean("onion", onion)
    encoder.texts("ports", ports)
    encoder.texts("protocol_versions", protocolVersions)
    encoder.text("first_scan", firstScan)
    encoder.text("last_scan", lastScan)
    encoder.text("first_listed_at", firstListedAt)
    encoder.text("last_listed_at", lastListedAt)
    encoder.text("first_gone_at", firstGoneAt)
    encoder.text("gone_at", goneAt)
    encoder.boolean("from_first_state", fromFirstState)
    encoder.integer("states_listed", statesListed)
    encoder.integer("list_states", listStates)
    encoder.integer("spells", spells)
    encoder.number("days_listed", daysListed, significantDigits: 9)
    encoder.boolean("still_listed", stillListed)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    sourceKind = try decoder.word("source_kind", ListingKind.self)
    source = try decoder.text("source")
    host = try decoder.text("host")
    names = try decoder.texts("names")
    onion = try decoder.boolean("onion")
    ports = try decoder.texts("ports")
    protocolVersions = try decoder.texts("protocol_versions")
    firstScan = try decoder.text("first_scan")
    lastScan = try decoder.text("last_scan")
    firstListedAt = try decoder.optionalText("first_listed_at")
    lastListedAt = try decoder.optionalText("last_listed_at")
    firstGoneAt = try decoder.optionalText("first_gone_at")
    goneAt = try decoder.optionalText("gone_at")
    fromFirstState = try decoder.boolean("from_first_state")
    statesListed = try decoder.integer("states_listed")
    listStates = try decoder.integer("list_states")
    spells = try decoder.integer("spells")
    daysListed = try decoder.optionalNumber("days_listed")
    stillListed = try decoder.optionalBoolean("still_listed")
  }
}

public import Artifact

/// How long a host stood in a list over the series.
public struct ListingLifetime: ListedRow, Equatable {
  public static let schema = table(
    "features.listings", version: 1, .csv, key: ["source_kind", "source", "host"],
    "How long each host stood in each list; one state of a list a scan.")

  public var sourceKind = ListingKind.bootstrap
  public var source = ""
  public var host = ""
  public var names: [String] = []
  public var onion = false
  public var ports: [String] = []
  public var protocolVersions: [String] = []
  public var firstScan = ""
  public var lastScan = ""
  public var firstListedAt: String?
  public var lastListedAt: String?
  public var firstGoneAt: String?
  public var goneAt: String?
  public var fromFirstState = false
  public var statesListed = 0
  public var listStates = 0
  public var spells = 0
  public var daysListed: Double?
  public var stillListed: Bool?

  public init(
    sourceKind: ListingKind, source: String, host: String, firstScan: String, lastScan: String
  ) {
    self.sourceKind = sourceKind
    self.source = source
    self.host = host
    self.firstScan = firstScan
    self.lastScan = lastScan
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("source_kind", &sourceKind, "What kind of list it is.")
    try c.text("source", &source, "Name of the list.")
    try c.text("host", &host, "The host, in lower case.")
    try c.texts("names", &names, "The host in every form that was listed.")
    try c.boolean("onion", &onion, "True for an onion service.")
    try c.texts("ports", &ports, "Ports ever listed, as `transport:port`.")
    try c.texts("protocol_versions", &protocolVersions, "Protocol versions ever listed.")
    try c.text("first_scan", &firstScan, "First scan whose state of the list has it.")
    try c.text("last_scan", &lastScan, "Last scan whose state of the list has it.")
    try c.timestamp(
      "first_listed_at", &firstListedAt, "Time of the first state that has it, UTC.",
      nil: "the list's states have no times, or their times go back")
    try c.timestamp(
      "last_listed_at", &lastListedAt, "Time of the last state that has it, UTC.",
      nil: "the list's states have no times, or their times go back")
    try c.timestamp(
      "first_gone_at", &firstGoneAt, "Time of the first state by which it had left, UTC.",
      nil: "it never left, or the list's states have no times, or their times go back")
    try c.timestamp(
      "gone_at", &goneAt, "Time of the state by which it had left and not come back, UTC.",
      nil:
        "it was not seen to leave after it last came, or the list's states have no times, or their times go back"
    )
    try c.boolean(
      "from_first_state", &fromFirstState,
      "True where the list's first state has it: it may have been listed before.")
    try c.integer("states_listed", &statesListed, "States of the list that have it.")
    try c.integer("list_states", &listStates, "States of the list: the same in all rows of a list.")
    try c.integer("spells", &spells, "How often it came: once, and once more after each leave.")
    try c.number(
      "days_listed", &daysListed, digits: 9,
      "Sum over its spells of the time from the state in which it came to the next one without it; a spell that has no such end counts up to the last state that has it.",
      unit: "days",
      nil: "the list's states have no times, or their times go back")
    try c.boolean(
      "still_listed", &stillListed, "True where the list's last state has it.",
      nil: "that state is cut short, and does not tell")
  }

  public var sortKey: SortKey { .of(sourceKind, source, host) }
}

extension ListingLifetime {
}

public import Artifact

/// What happened to the network as a whole, to what it is asked, or to how it is judged.
public enum NetworkEventKind: String, ColumnWord {
  /// A version of the protocol was first spoken by a release of a server.
  case protocolRelease = "protocol-release"
  /// A release of server software was published.
  case serverRelease = "server-release"
  /// An attack, a fault or a misuse that public sources tell of.
  case incident
  /// A server of the series claimed a release for the first time.
  case versionFirstSeen = "version-first-seen"
  /// Servers of one likely operator were first up in one scan.
  case groupArrived = "group-arrived"
  /// Servers of one likely operator were last up before one scan.
  case groupDeparted = "group-departed"
  /// Hosts came into a bootstrap list or left it.
  case listChanged = "list-changed"
  /// Many servers failed together, or moved to a release together.
  case outage
  /// The series was first scanned from a vantage.
  case vantageAdded = "vantage-added"
  /// A vantage asked by another plan of questions than before.
  case planChanged = "plan-changed"
  /// Addresses were located by other databases than before.
  case databasesChanged = "databases-changed"
  /// Parameters by which this package was derived are not those of the one before.
  case rulesChanged = "rules-changed"
  /// The programs that derived this package are not those of the one before.
  case programsChanged = "programs-changed"
  /// Databases or lists that the programs consulted are not those of the package before.
  case referencesChanged = "references-changed"
}

/// Who can know that an event happened.
public enum NetworkEventOrigin: String, ColumnWord {
  /// A public source says so, whatever the scans show.
  case record
  /// The scans show it.
  case measured
  /// We did it: a step of a series at it is not the network's.
  case ours
}

extension NetworkEventKind {
  public var origin: NetworkEventOrigin {
    switch self {
    case .protocolRelease, .serverRelease, .incident: .record
    case .versionFirstSeen, .groupArrived, .groupDeparted, .listChanged, .outage: .measured
    case .vantageAdded, .planChanged, .databasesChanged, .rulesChanged, .programsChanged,
      .referencesChanged:
      .ours
    }
  }
}

/// One event of the network, to stand under every series.
public struct NetworkEvent: ListedRow, Equatable {
  public static let schema = table(
    "scores.network_events", version: 1, .csv, key: ["latest", "kind", "subject"],
    "Events of the network as a whole, and of its measurement, in the order of time; one whose time is not known is not here."
  )

  public var latest = ""
  public var earliest: String?
  public var kind = NetworkEventKind.incident
  public var origin = NetworkEventOrigin.record
  public var subject = ""
  public var count: Int?
  public var text = ""
  public var source = ""
  public var rows: String?

  public init(
    _ kind: NetworkEventKind, _ subject: String, earliest: String?, latest: String, text: String,
    count: Int? = nil, source: String, rows: String? = nil
  ) {
    self.kind = kind
    origin = kind.origin
    self.subject = subject
    self.earliest = earliest
    self.latest = latest
    self.text = text
    self.count = count
    self.source = source
    self.rows = rows
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.timestamp(
      "latest", &latest,
      "When it had happened at the latest, UTC: the start of the scan that shows it, or the end of the month, day or year that the source names."
    )
    try c.timestamp(
      "earliest", &earliest,
      "Since when it can have happened, UTC: the start of the last scan that does not show it, or the start of what the source names.",
      nil: "nothing bounds it")
    try c.word("kind", &kind, "What kind of event it is.")
    try c.word(
      "origin", &origin, "Who can know of it: public sources, the scans, or we who did it.")
    try c.text(
      "subject", &subject,
      "To what it happened: a release, a likely operator, a list, what failed, a vantage, a stage.")
    try c.integer(
      "count", &count, "Servers or hosts that it concerns.", nil: "it concerns no number of them")
    try c.text("text", &text, "What happened, in one sentence.")
    try c.text("source", &source, "The table that shows it, or the address of the public source.")
    try c.text(
      "rows", &rows, "Which rows of the table, as `column=value`, joined by ` & `.",
      nil: "a public source, or several tables")
  }

  public var sortKey: SortKey { .of(latest, kind, subject) }
}

internal import Artifact
internal import Records
internal import Timekeeping

/// One scan: when, from where, and how much of it came back.
struct ScanFacts {
  let name: String
  /// RFC 3339; nil: neither the manifest nor the name tells.
  var startedAt: String?
  var finishedAt: String?
  var vantage: String?
  /// True where the scan met a simulated network.
  var isSimulated = false
  /// True where the scan was taken over from somebody else's record.
  var isImported = false
  /// Why the crawl ended before it had tried all it knew; nil: it did not, or nobody says.
  var earlyEnd: String?
  /// True where the scan says that it was complete.
  var isComplete = false
  /// Address families the vantage point had a route to; empty: not recorded.
  var routes: [String] = []
  /// The network that it was to be of, and the one that most of its servers are of instead; nil: they
  /// are of the same, or too few tell.
  var otherChain: (asked: String, told: String)?
  /// Rows of an imported record that could not be read.
  var rejectedRows = 0
  /// States of an imported list that were left out, each with its reason.
  var rejectedStates: [String] = []
  /// Counts of endpoints by network and outcome; nil: no endpoints table.
  var endpoints: [AddressFamily: [Outcome: Int]]?
  /// Counts of servers; nil: no servers table.
  var servers: ServerCounts?

  /// Counts of servers by the software that they claim.
  var software = Tally()

  struct ServerCounts {
    var listed = 0
    var reached = 0
    var answered = 0
  }

  init(name: String) { self.name = name }

  /// Reads what `collect` observed of the scan from its manifest, or failing that from its name.
  init(name: String, observation: JSONValue?) {
    self.name = name
    let observation = observation.map(Observation.init)
    startedAt = observation?.startedAt ?? Self.start(fromName: name)
    finishedAt = observation?.conduct.endedAt
    vantage = observation?.vantage ?? Self.vantage(fromName: name)
    isSimulated = observation?.simulated ?? false
    isImported = observation?.imported ?? false
    isComplete = observation?.complete ?? false
    if isImported && vantage == "imported" { vantage = nil }
    earlyEnd = observation?.cause
    rejectedRows = observation?.origin.particulars.rowsRejected?.values.reduce(0, +) ?? 0
    rejectedStates = observation?.origin.particulars.statesRejected ?? []
    routes = observation?.conduct.routes ?? []
  }

  /// `20251122T150000Z-local` -> `2025-11-22T15:00:00Z`.
  static func start(fromName name: String) -> String? {
    UTCTime(compact: String(name.prefix(16))).map {
      UTCTime.text(seconds: $0.microseconds / 1_000_000)
    }
  }

  private static func vantage(fromName name: String) -> String? {
    guard start(fromName: name) != nil, name.utf8.count > 17 else { return nil }
    return String(name.dropFirst(17))
  }

  /// How far the crawl got, in words.
  var completeness: String {
    if let earlyEnd { return "ended early: \(VisibleText.show(earlyEnd, limit: 60))" }
    if isImported { return "imported" }
    return isComplete ? "complete" : "not recorded"
  }

  /// `2025-11-22 17:35Z`, short enough for two on a phone.
  var minute: String? {
    startedAt.map { $0.prefix(10) + " " + $0.dropFirst(11).prefix(5) + "Z" }
  }

  /// `2025-11-22`.
  var date: String? { startedAt.map { String($0.prefix(10)) } }

  func endpointCount(where isCounted: (Outcome) -> Bool) -> Int {
    (endpoints ?? [:]).values.reduce(0) { sum, outcomes in
      sum + outcomes.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }
    }
  }
}

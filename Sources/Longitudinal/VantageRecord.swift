import Records

/// What one vantage knows of one server.
struct KnownServer {
  var facts = KnownFacts()
  /// State when it was last known, excused or not.
  var state: Liveness?
  /// Whether it was up when its state was last known and nothing excused it.
  var wasUp: Bool?
  /// Last time up.
  var lastUp: Int?
  /// When it was first seen down, of the downs since it was last up.
  var downSince: Int?
  /// What excused the first of them.
  var fall: ExclusionRule?
  /// Generation of the vantage's complete scans that has it; 0: none has.
  var presence = 0
  /// What it has in common with its owner's other servers, as last seen while it was up.
  var ownerMarks: Set<String> = []
  var reliability: ReliabilityRecord

  init(_ rules: SeriesRules) {
    reliability = ReliabilityRecord(gapSeconds: rules.gapSeconds)
  }
}

/// What one vantage knows: its servers and its scans.
struct VantageRecord {
  var servers: [String: KnownServer] = [:]
  private var scans = 0
  /// Start of the last scan.
  private var lastSeconds: Int?
  /// Goes on with each complete scan.
  private var generation = 1
  /// Servers of this generation.
  private var present = 0

  /// What may be an outage in a scan: servers that were up, not so long ago that "together" means nothing.
  func candidates(
    in scan: ScanSighting, rules: SeriesRules, reachedElsewhere: Set<String>
  ) -> [OutageCandidate] {
    let now = scan.moment.seconds
    return scan.servers.compactMap { sighting in
      guard sighting.state != .unknown, let known = servers[sighting.serverID], known.wasUp == true,
        !rules.isGap(from: known.lastUp, to: known.downSince ?? now)
      else { return nil }
      var isOverdue = false
      if let now, let since = known.downSince { isOverdue = now - since > rules.systemSeconds }
      return OutageCandidate(
        serverID: sighting.serverID, isDown: sighting.state == .down, system: sighting.system,
        place: sighting.place, families: sighting.families,
        ownerMarks: known.ownerMarks.union(sighting.ownerMarks),
        isReachedElsewhere: reachedElsewhere.contains(sighting.serverID), isOverdue: isOverdue)
    }
  }

  /// Takes in a server of a scan.
  ///
  /// - Returns: what changed since its last known state, in the order of `ServerChange`, and what
  ///   excused the downs from which it returns.
  mutating func take(
    _ sighting: ServerSighting, excused: ExclusionRule?, at seconds: Int?, rules: SeriesRules
  ) -> (changes: [SeenChange], fall: ExclusionRule?) {
    var known = servers[sighting.serverID] ?? KnownServer(rules)
    var changes: [SeenChange] = []
    let fall = sighting.state == .up ? known.fall : nil
    if sighting.state == .down, known.state == .up {
      changes.append(SeenChange(kind: .down, since: known.lastUp))
    }
    if sighting.state == .up, known.state == .down {
      changes.append(SeenChange(kind: .return, since: known.downSince))
    }
    changes += known.facts.take(sighting, at: seconds)
    if sighting.state == .up {
      known.ownerMarks = sighting.ownerMarks
      known.lastUp = seconds
      known.downSince = nil
      known.fall = nil
    } else if sighting.state == .down, known.state != .down {
      known.downSince = seconds
      known.fall = excused
    }
    if sighting.state != .unknown {
      known.state = sighting.state
      if excused == nil { known.wasUp = sighting.state == .up }
    }
    known.reliability.take(sighting.state, isExcused: excused != nil, at: seconds)
    servers[sighting.serverID] = known
    return (changes, fall)
  }

  /// Counts who is new, returned and gone; once a scan, after its servers were taken in.
  mutating func countPresence(_ scan: ScanSighting, in churn: inout ScanChurn) {
    var new = 0
    var returned = 0
    var stayed = 0
    for sighting in scan.servers {
      let presence = servers[sighting.serverID]?.presence ?? 0
      if presence == 0 {
        new += 1
      } else if presence < generation {
        returned += 1
      } else {
        stayed += 1
      }
      servers[sighting.serverID]?.presence = scan.isCutShort ? generation : generation + 1
    }
    if scans > 0 {
      churn.new = new
      churn.returned = returned
      if !scan.isCutShort { churn.gone = present - stayed }
    }
    present = scan.isCutShort ? present + new + returned : scan.servers.count
    if !scan.isCutShort { generation += 1 }
    if let now = scan.moment.seconds, let lastSeconds {
      churn.gapHours = Double(now - lastSeconds) / 3600
    }
    scans += 1
    lastSeconds = scan.moment.seconds
  }
}

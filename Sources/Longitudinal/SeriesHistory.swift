import Ordering
public import Records

/// A scan of which everything is known that the series tells of it.
public struct SettledScan: Sendable {
  public struct Server: Sendable {
    public let serverID: String
    public let state: Liveness
    public let unknownReason: Outcome?
    /// In the order of `ServerChange`.
    public let changes: [ServerChange]
    public let excused: ExclusionRule?
  }

  public let scan: String
  public let moment: ScanMoment
  public let churn: ScanChurn
  /// By server id.
  public let servers: [Server]
}

/// The tables of a series that have no row a scan.
public struct SeriesTables: Sendable {
  public let reliability: [ServerReliability]
  public let upgrades: [UpgradeCohort]
  public let outages: [Outage]
  public let events: [ServerEvent]
}

/// A series of scans, from any vantages and with any gaps, one after the other in the order of their names.
///
/// A failure is nobody's where another vantage reached the server at nearly the same time, so a scan is
/// settled only when the scans that may say so are there. What is kept grows with the servers and with
/// what happened to them, and with the scans that begin within that time, but not with the series.
public struct SeriesHistory: Sendable {
  private struct Server: Sendable {
    var facts = KnownFacts()
    /// Every leaf certificate that it ever showed.
    var leaves: Set<String> = []
    var reliability: ReliabilityRecord
  }

  private let rules: SeriesRules
  private var pending: [(scan: ScanSighting, up: Set<String>)] = []
  private var vantages: [String: VantageRecord] = [:]
  private var servers: [String: Server] = [:]
  private var events: EventLog
  private var upgrades: UpgradeLedger
  private var outages: [Outage] = []

  public init(_ rules: SeriesRules) {
    self.rules = rules
    events = EventLog(rules)
    upgrades = UpgradeLedger(rules)
  }

  /// Takes in the next scan.
  ///
  /// - Returns: the scans that are settled by it, in their order.
  public mutating func take(_ scan: ScanSighting) -> [SettledScan] {
    pending.append((scan, Set(scan.servers.lazy.filter { $0.state == .up }.map(\.serverID))))
    let latest = pending.lazy.compactMap(\.scan.moment.seconds).max()
    var settled: [SettledScan] = []
    while let first = pending.first {
      if let own = first.scan.moment.seconds, let latest, latest - own <= rules.concurrentSeconds {
        break
      }
      pending.removeFirst()
      settled.append(settle(first.scan))
    }
    return settled
  }

  /// Settles what is left.
  public mutating func finish() -> [SettledScan] {
    var settled: [SettledScan] = []
    while !pending.isEmpty { settled.append(settle(pending.removeFirst().scan)) }
    return settled
  }

  /// The other tables; when everything is settled.
  public mutating func tables() -> SeriesTables {
    var reliability = servers.map { $1.reliability.row(serverID: $0, vantage: "*") }
    for (vantage, record) in vantages {
      reliability += record.servers.map { $1.reliability.row(serverID: $0, vantage: vantage) }
    }
    return SeriesTables(
      reliability: reliability.sorted { ($0.serverID, $0.vantage) < ($1.serverID, $1.vantage) },
      upgrades: upgrades.rows(),
      outages: (outages + upgrades.releases.rows()).sorted { $0.sortKey < $1.sortKey },
      events: events.rows(releases: upgrades.releases))
  }

  private mutating func settle(_ scan: ScanSighting) -> SettledScan {
    let excuses = excuses(of: scan)
    var record = vantages.removeValue(forKey: scan.moment.vantage) ?? VantageRecord()
    var churn = ScanChurn(scan)
    var settled: [SettledScan.Server] = []
    for sighting in scan.servers {
      let excused = excuses[sighting.serverID]
      let (changes, fall) = record.take(
        sighting, excused: excused, at: scan.moment.seconds, rules: rules)
      churn.take(sighting, changes: changes, fall: fall, excused: excused)
      combine(sighting, changes, fall: fall, excused: excused, at: scan.moment)
      settled.append(
        SettledScan.Server(
          serverID: sighting.serverID, state: sighting.state,
          unknownReason: sighting.unknownReason, changes: changes.map(\.kind), excused: excused))
    }
    record.countPresence(scan, in: &churn)
    churn.setRates()
    vantages[scan.moment.vantage] = record
    upgrades.take(scan)
    return SettledScan(scan: scan.scan, moment: scan.moment, churn: churn, servers: settled)
  }

  /// Which servers' failures have another reason, and writes the outages down.
  private mutating func excuses(of scan: ScanSighting) -> [String: ExclusionRule] {
    let elsewhere = reachedElsewhere(scan)
    let candidates =
      vantages[scan.moment.vantage]?
      .candidates(in: scan, rules: rules, reachedElsewhere: elsewhere) ?? []
    var excuses = Dictionary(
      elsewhere.map { ($0, ExclusionRule.path) }, uniquingKeysWith: { first, _ in first })
    for outage in OutageFinder(rules).outages(among: candidates) {
      for member in outage.members { excuses[member] = outage.rule }
      // Nor is what failed before, or was never seen, any the wiser for it.
      for sighting in scan.servers
      where outage.rule == .vantage && sighting.state == .down
        && (outage.stratum == "all" || sighting.families.map(\.rawValue) == [outage.stratum])
      {
        excuses[sighting.serverID] = .vantage
      }
      outages.append(
        Outage(
          scan: scan.scan, rule: outage.rule, stratum: outage.stratum, vantage: scan.moment.vantage
        ).with {
          $0.startedAt = scan.moment.startedAt
          $0.serversBefore = outage.before
          $0.serversAffected = outage.members.count
          $0.ownersBefore = outage.owners?.before
          $0.ownersAffected = outage.owners?.down
          $0.share = outage.share
          $0.threshold = outage.threshold
        })
    }
    guard scan.isCutShort else { return excuses }
    let lost = scan.servers.filter(\.isCutShort)
    for sighting in lost { excuses[sighting.serverID] = .vantage }
    if !lost.isEmpty {
      outages.append(
        Outage(scan: scan.scan, rule: .vantage, stratum: "scan", vantage: scan.moment.vantage).with
        {
          $0.startedAt = scan.moment.startedAt
          $0.serversBefore = scan.servers.count
          $0.serversAffected = lost.count
          $0.share = Double(lost.count) / Double(scan.servers.count)
        })
    }
    return excuses
  }

  /// Servers that were down in a scan and that another vantage reached at nearly the same time.
  private func reachedElsewhere(_ scan: ScanSighting) -> Set<String> {
    guard let now = scan.moment.seconds else { return [] }
    let isNear = { (other: Int?) in
      other.map { abs($0 - now) <= rules.concurrentSeconds } ?? false
    }
    let later = pending.filter {
      $0.scan.moment.vantage != scan.moment.vantage && isNear($0.scan.moment.seconds)
    }
    var reached: Set<String> = []
    for sighting in scan.servers where sighting.state == .down {
      let id = sighting.serverID
      let isReached =
        later.contains { $0.up.contains(id) }
        || vantages.contains {
          $0.key != scan.moment.vantage && isNear($0.value.servers[id]?.lastUp)
        }
      if isReached { reached.insert(id) }
    }
    return reached
  }

  /// Takes a server of a scan into what all vantages know.
  private mutating func combine(
    _ sighting: ServerSighting, _ changes: [SeenChange], fall: ExclusionRule?,
    excused: ExclusionRule?, at moment: ScanMoment
  ) {
    let (seconds, vantage) = (moment.seconds, moment.vantage)
    let id = sighting.serverID
    var server =
      servers[id] ?? Server(reliability: ReliabilityRecord(gapSeconds: rules.gapSeconds))
    server.reliability.take(sighting.state, isExcused: excused != nil, at: seconds)
    let combined = server.facts.take(sighting, at: seconds)
    let hasNewLeaf = !server.leaves.isSuperset(of: sighting.leaves.values)
    server.leaves.formUnion(sighting.leaves.values)
    servers[id] = server
    guard let seconds else { return }
    events.take(sighting.state, of: id, from: vantage, excused: excused, at: seconds)
    // Another vantage may have seen it before, or see something else every time.
    for change in combined where changes.contains(where: { $0.kind == change.kind }) {
      if change.kind == .certificate, !hasNewLeaf { continue }
      events.take(change, of: sighting, fall: fall, at: seconds)
    }
  }
}

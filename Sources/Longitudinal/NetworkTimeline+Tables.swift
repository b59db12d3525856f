public import Records

extension NetworkTimeline {
  /// Releases that a server claimed for the first time after the first scan.
  public func versions(_ cohorts: [UpgradeCohort]) -> [NetworkEvent] {
    cohorts.compactMap { row in
      guard !row.fromStart, row.software != "*", !["*", "absent"].contains(row.version),
        let seen = row.firstSeen
      else { return nil }
      return NetworkEvent(
        .versionFirstSeen, "\(row.software) \(row.version)", earliest: timeBefore(seen),
        latest: seen,
        text: "A server claims this release for the first time; servers that ever did: "
          + "\(row.serversEver).",
        count: row.serversEver, source: "upgrades",
        rows: "software=\(row.software) & version=\(row.version)")
    }
  }

  /// Outages, and moves of many servers to one release. A path that failed to one server is none.
  public func outages(_ outages: [Outage]) -> [NetworkEvent] {
    outages.compactMap { row in
      guard let time = row.startedAt, let text = Self.sentence(row) else { return nil }
      return NetworkEvent(
        .outage, "\(row.rule.rawValue) \(row.stratum) \(row.vantage)", earliest: timeBefore(time),
        latest: time, text: text, count: row.serversAffected, source: "outages",
        rows: "scan=\(row.scan) & rule=\(row.rule.rawValue) & stratum=\(row.stratum)")
    }
  }

  private static func sentence(_ row: Outage) -> String? {
    let servers = "\(row.serversAffected) of \(row.serversBefore) servers"
    switch row.rule {
    case .vantage: return "The vantage failed, or its scan ended early: \(servers)."
    case .system: return "Servers of one autonomous system went down together: \(servers)."
    case .release: return "Servers went to one release soon after it appeared: \(servers)."
    case .path, .gap: return nil
    }
  }

  /// States of bootstrap and imported lists that differ from the ones before.
  ///
  /// A host that came and left repeatedly is counted when it first came, first left and last left.
  public static func lists(_ rows: [ListingLifetime]) -> [NetworkEvent] {
    let sources = Dictionary(grouping: rows) { $0.sourceKind.rawValue + "\u{1f}" + $0.source }
    return sources.values.flatMap { rows in
      var came: [String: Int] = [:]
      var left: [String: Int] = [:]
      for row in rows {
        if !row.fromFirstState, let time = row.firstListedAt { came[time, default: 0] += 1 }
        for time in Set([row.firstGoneAt, row.goneAt].compactMap { $0 }) {
          left[time, default: 0] += 1
        }
      }
      let states = Set(
        rows.flatMap { [$0.firstListedAt, $0.lastListedAt, $0.firstGoneAt, $0.goneAt] }
          .compactMap { $0 })
      return Set(came.keys).union(left.keys).sorted().map { time in
        let (new, gone) = (came[time] ?? 0, left[time] ?? 0)
        return NetworkEvent(
          .listChanged, "\(rows[0].sourceKind.rawValue) \(rows[0].source)",
          earliest: states.filter { $0 < time }.max(), latest: time,
          text: "Hosts that came into the list: \(new); that left it: \(gone).", count: new + gone,
          source: "listings",
          rows: "source_kind=\(rows[0].sourceKind.rawValue) & source=\(rows[0].source)")
      }
    }
  }
}

/// What we did otherwise from one scan to the next, read off what each scan says of itself.
public struct MeasurementTimeline: Sendable {
  private struct Last: Sendable {
    let time: String
    let plan: String?
    let databases: [String]
  }

  private var last: [String: Last] = [:]
  private var first: String?
  public private(set) var events: [NetworkEvent] = []

  public init() {}

  /// Takes in the next scan in the order of their start; one without a time tells nothing.
  ///
  /// - Parameter databases: what the scan's addresses were located with.
  public mutating func take(_ scan: Scan, databases: [DatabaseUse]) {
    let moment = ScanMoment(scan: scan.scan)
    guard let time = scan.startedAt ?? moment.startedAt else { return }
    let vantage = scan.vantage ?? moment.vantage
    let used = databases.map { $0.type + ($0.built.map { " built \($0)" } ?? "") }
    if let before = last[vantage] {
      if let plan = scan.plan, let old = before.plan, plan != old {
        events.append(
          NetworkEvent(
            .planChanged, vantage, earliest: before.time, latest: time,
            text: "Servers are asked by the plan \(plan), before by \(old).", source: "scans",
            rows: "scan=\(scan.scan)"))
      }
      if used != before.databases {
        events.append(
          NetworkEvent(
            .databasesChanged, vantage, earliest: before.time, latest: time,
            text: "Addresses are located by other databases than those of the scan before.",
            count: nil, source: "databases", rows: "scan=\(scan.scan)"))
      }
    } else if let first {
      events.append(
        NetworkEvent(
          .vantageAdded, vantage, earliest: first, latest: time,
          text: "The first scan of the series from this vantage.", source: "scans",
          rows: "scan=\(scan.scan)"))
    }
    last[vantage] = Last(time: time, plan: scan.plan ?? last[vantage]?.plan, databases: used)
    first = first ?? time
  }
}

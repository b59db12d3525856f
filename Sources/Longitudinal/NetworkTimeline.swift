public import Records

/// Events of the network, read off the tables of a series.
///
/// An event lies between the last scan that does not show it and the first one that does: no scan tells
/// more. Subjects are strangers' words, as the tables have them; sentences hold none.
public struct NetworkTimeline: Sendable {
  /// Servers of one likely operator that are told of as a group.
  static let smallestGroup = 2

  /// The scans in the order of their start, those without a time left out.
  private let scans: [ScanChurn]
  private var visits: [String: [Visit]] = [:]
  private let placeOf: [String: Int]

  struct Visit: Sendable {
    /// Place among the scans.
    let scan: Int
    let state: Liveness
    let isExcused: Bool
  }

  /// - Parameter scans: every scan of the series.
  public init(_ scans: [ScanChurn]) {
    let timed = scans.filter { $0.startedAt != nil }
      .sorted { ($0.startedAt ?? "", $0.scan) < ($1.startedAt ?? "", $1.scan) }
    self.scans = timed
    placeOf = Dictionary(
      timed.enumerated().map { ($1.scan, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes in what a scan shows of a server.
  public mutating func take(_ entry: TimelineEntry) {
    guard let scan = placeOf[entry.scan] else { return }
    visits[entry.serverID, default: []].append(
      Visit(scan: scan, state: entry.state, isExcused: entry.excused != nil))
  }

  func time(_ scan: Int) -> String { scans[scan].startedAt ?? "" }

  /// Start of the last scan before that of `time`, from whatever vantage.
  func timeBefore(_ time: String) -> String? {
    scans.last { ($0.startedAt ?? "") < time }?.startedAt
  }

  // MARK: Groups

  /// When groups of likely operators were first and last up.
  ///
  /// A server came in the first scan in which it is up if an earlier scan of the same vantage shows it
  /// down or does not list it; it went where a later one does so again and it is never up after. The
  /// servers of an operator that came, or went, at one time are one event.
  public func groups(_ members: [OperatorMembership]) -> [NetworkEvent] {
    let grouped = members.filter { $0.operatorServers >= Self.smallestGroup }
    var arrivals: [Change: [String]] = [:]
    var departures: [Change: [String]] = [:]
    for member in grouped {
      let seen = byScan(member.serverID)
      if let (scan, since) = arrival(seen) {
        arrivals[Change(group: member.operatorID, scan: scan, since: since), default: []]
          .append(member.serverID)
      }
      if let (scan, since) = departure(seen) {
        departures[Change(group: member.operatorID, scan: scan, since: since), default: []]
          .append(member.serverID)
      }
    }
    let sizes = Dictionary(
      grouped.map { ($0.operatorID, $0.operatorServers) }, uniquingKeysWith: { first, _ in first })
    return events(.groupArrived, arrivals, sizes, "were first up at one time")
      + events(.groupDeparted, departures, sizes, "were last up before one time")
  }

  private struct Change: Hashable {
    let group: String
    let scan: Int
    /// The last scan that does not show the change.
    let since: Int
  }

  private func events(
    _ kind: NetworkEventKind, _ changes: [Change: [String]], _ sizes: [String: Int],
    _ what: String
  ) -> [NetworkEvent] {
    // Servers of one group that one scan shows are one event, since whenever they were otherwise.
    let joined = Dictionary(grouping: changes) {
      Place(group: $0.key.group, time: time($0.key.scan))
    }
    return joined.compactMap { place, parts in
      let servers = parts.reduce(0) { $0 + $1.value.count }
      guard servers >= Self.smallestGroup, let since = parts.map(\.key.since).min() else {
        return nil
      }
      return NetworkEvent(
        kind, place.group, earliest: time(since), latest: place.time,
        text: "\(servers) of the \(sizes[place.group] ?? servers) servers of one likely operator "
          + what + ".",
        count: servers, source: "operators", rows: "operator_id=\(place.group)")
    }
  }

  /// Scans of several vantages may begin at one time.
  private struct Place: Hashable {
    let group: String
    let time: String
  }

  private func byScan(_ server: String) -> [Int: Visit] {
    Dictionary(
      (visits[server] ?? []).map { ($0.scan, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a scan shows that the server was not up; a scan that ended early shows nothing of one
  /// that it does not list.
  private func shows(_ seen: [Int: Visit], notUpIn scan: Int) -> Bool {
    guard let visit = seen[scan] else { return scans[scan].complete }
    return visit.state == .down && !visit.isExcused
  }

  private func arrival(_ seen: [Int: Visit]) -> (scan: Int, since: Int)? {
    guard let first = seen.values.filter({ $0.state == .up }).map(\.scan).min() else { return nil }
    let vantage = scans[first].vantage
    let since = (0..<first).last {
      scans[$0].vantage == vantage && shows(seen, notUpIn: $0)
    }
    return since.map { (first, $0) }
  }

  private func departure(_ seen: [Int: Visit]) -> (scan: Int, since: Int)? {
    guard let last = seen.values.filter({ $0.state == .up }).map(\.scan).max() else { return nil }
    let vantage = scans[last].vantage
    let next = scans.indices.first {
      $0 > last && scans[$0].vantage == vantage && shows(seen, notUpIn: $0)
    }
    return next.map { ($0, last) }
  }
}

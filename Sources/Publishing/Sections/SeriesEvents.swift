internal import Records

/// What happened while the series was taken, to be drawn under every series.
enum SeriesEvents {
  /// In the order of time: the network's events of the table, and servers that came or went.
  static func all(_ facts: ReportFacts) -> [EventTrack.Event] {
    (facts.networkEvents.map(event) + arrivals(facts)).sorted {
      ($0.time, $0.kind, $0.text) < ($1.time, $1.kind, $1.text)
    }
  }

  /// Those of them that the series can show: not before its first scan, nor after its last.
  static func during(_ facts: ReportFacts) -> [EventTrack.Event] {
    let times = facts.scans.compactMap(\.startedAt)
    guard let first = times.min(), let last = times.max() else { return [] }
    return all(facts).filter { $0.time >= first && $0.time <= last }
  }

  /// The same under the columns of the scans.
  static func track(_ facts: ReportFacts) -> EventTrack {
    EventTrack(all(facts), times: facts.scans.map(\.startedAt))
  }

  /// Continues the caption of a figure with events under it.
  static func caption(_ track: EventTrack) -> String {
    track.isEmpty ? "" : " Dots below: what had happened by then, listed on the page Uptime."
  }

  private static func event(_ row: NetworkEvent) -> EventTrack.Event {
    EventTrack.Event(
      time: row.latest, kind: kind(row.kind),
      text: "\(VisibleText.show(row.subject, limit: 60)): \(VisibleText.show(row.text, limit: 200))"
    )
  }

  /// Words that name a lane.
  static func kind(_ kind: NetworkEventKind) -> String {
    switch kind {
    case .protocolRelease: "protocol released"
    case .serverRelease: "server software released"
    case .incident: "incident"
    case .versionFirstSeen: "version first seen"
    case .groupArrived: "servers of a likely operator came"
    case .groupDeparted: "servers of a likely operator went"
    case .listChanged: "list changed"
    case .outage: outage
    case .vantageAdded: "ours: vantage added"
    case .planChanged: "ours: plan changed"
    case .databasesChanged: "ours: databases changed"
    case .rulesChanged: "ours: rules changed"
    case .programsChanged: "ours: programs changed"
    case .referencesChanged: "ours: references changed"
    }
  }

  static let outage = "failure of many"

  private static func arrivals(_ facts: ReportFacts) -> [EventTrack.Event] {
    facts.churn.flatMap { row -> [EventTrack.Event] in
      guard let time = row.startedAt else { return [] }
      return [("servers new to the lists", row.new), ("servers gone from the lists", row.gone)]
        .compactMap { kind, count in
          guard let count, count > 0 else { return nil }
          return EventTrack.Event(time: time, kind: kind, text: NumberText.count(count, "server"))
        }
    }
  }
}

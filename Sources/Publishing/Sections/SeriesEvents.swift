internal import Records

/// What happened while the series was taken, to be drawn under every series.
enum SeriesEvents {
  /// In the order of time.
  static func all(_ facts: ReportFacts) -> [EventTrack.Event] {
    (versions(facts) + outages(facts) + arrivals(facts)).sorted {
      ($0.time, $0.kind, $0.text) < ($1.time, $1.kind, $1.text)
    }
  }

  /// The same under the columns of the scans.
  static func track(_ facts: ReportFacts) -> EventTrack {
    EventTrack(all(facts), times: facts.scans.map(\.startedAt))
  }

  /// Continues the caption of a figure with events under it.
  static func caption(_ track: EventTrack) -> String {
    track.isEmpty ? "" : " Dots below: what happened by then, listed on the page Uptime."
  }

  private static func versions(_ facts: ReportFacts) -> [EventTrack.Event] {
    facts.upgrades.compactMap { row in
      guard !row.fromStart, let time = row.firstSeen, row.version != "*", row.software != "*" else {
        return nil
      }
      let name = VisibleText.show("\(row.software) \(row.version)", limit: 60)
      return EventTrack.Event(
        time: time, kind: "version first seen",
        text: "\(name), claimed by \(NumberText.count(row.serversEver, "server")) so far")
    }
  }

  private static func outages(_ facts: ReportFacts) -> [EventTrack.Event] {
    facts.outages.compactMap { row in
      row.startedAt.map { time in
        EventTrack.Event(
          time: time, kind: "failure of many",
          text:
            "\(VisibleText.show(row.stratum, limit: 60)): \(NumberText.count(row.serversAffected)) of "
            + "\(NumberText.count(row.serversBefore, "server")) (\(row.rule.rawValue))")
      }
    }
  }

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

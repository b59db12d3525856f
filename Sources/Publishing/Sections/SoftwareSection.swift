import Ordering
internal import Records

/// Which software servers say they run.
enum SoftwareSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "software", sectionTitle: "Software and protocol")
    guard let servers = facts.servers else {
      section.sectionAbsence = "The table of servers is absent."
      return section
    }
    let identified = servers.filter { $0.software != nil }
    guard !identified.isEmpty else {
      section.sectionAbsence = "No server identified itself in the last scan."
      return section
    }
    section.sectionLead = [
      "\(NumberText.count(identified.count, "server")) of "
        + "\(NumberText.count(servers.count)) identified themselves in the last scan. Software and "
        + "version are what the server claims; a claim can be false."
    ]
    section.figures = [implementations(identified), versions(identified)]
    if let ranges = protocolRanges(identified) { section.figures.append(ranges) }
    section.figures.append(negotiated(identified))
    return section
  }

  private static func implementations(_ servers: [Server]) -> Figure {
    bars(
      id: "software", title: "Servers by software",
      caption: "The implementation named in the reply to server.version.", column: "Software",
      tally: Tally(servers.compactMap(\.software).map { VisibleText.show($0, limit: 48) }),
      limit: 12)
  }

  private static func versions(_ servers: [Server]) -> Figure {
    let names = servers.map { server in
      VisibleText.show(
        [server.software, server.softwareVersion].compactMap(\.self).joined(separator: " "),
        limit: 48)
    }
    return bars(
      id: "versions", title: "Servers by version",
      caption: "Implementation and version, most frequent first.", column: "Software and version",
      tally: Tally(names), limit: 16)
  }

  private static func negotiated(_ servers: [Server]) -> Figure {
    bars(
      id: "negotiated", title: "Negotiated protocol",
      caption: "The protocol version on which server and scanner agreed.", column: "Protocol",
      tally: Tally(
        servers.map { VisibleText.show($0.protocolNegotiated ?? "not given", limit: 24) }),
      limit: 10)
  }

  private static func bars(
    id: String, title: String, caption: String, column: String, tally: Tally, limit: Int
  ) -> Figure {
    let top = tally.top(limit)
    var rows = top.entries.map { ChartRow($0.word, $0.count) }
    if top.others > 0 {
      rows.append(ChartRow("\(NumberText.count(top.otherWords)) others", top.others, .untested))
    }
    return Figure(
      BarChart(id: id, title: title, rows: rows), caption: caption,
      numbers: Grid(
        [column, "#Servers"],
        tally.descending.map { [$0.word, NumberText.count($0.count)] }),
      sources: [Source("data/servers.csv.gz")])
  }

  private static func protocolRanges(_ servers: [Server]) -> Figure? {
    struct Range: Hashable {
      let low: String
      let high: String
    }
    var counts: [Range: Int] = [:]
    for server in servers {
      guard let low = server.protocolMin, let high = server.protocolMax else { continue }
      let range = Range(
        low: VisibleText.show(low, limit: 16), high: VisibleText.show(high, limit: 16))
      counts[range, default: 0] += 1
    }
    guard !counts.isEmpty else { return nil }
    let rows = counts.map { RangeChart.Row(low: $0.key.low, high: $0.key.high, count: $0.value) }
      .sorted { ($1.count, $0.low, $0.high) < ($0.count, $1.low, $1.high) }
    let shown = Array(rows.prefix(10))
    let scale = Set(shown.flatMap { [$0.low, $0.high] }).sorted(by: VersionText.precedes)
    let known = rows.reduce(0) { $0 + $1.count }
    return Figure(
      RangeChart(
        id: "protocol-ranges", title: "Protocol ranges offered", scale: scale, rows: shown
      ),
      caption: "protocol_min to protocol_max of server.features, known of "
        + "\(NumberText.count(known, "server")); each tick is a version that occurs ("
        + "\(scale.joined(separator: ", "))).",
      numbers: Grid(
        ["From", "To", "#Servers"],
        rows.map { [$0.low, $0.high, NumberText.count($0.count)] }),
      sources: [Source("data/servers.csv.gz")])
  }
}

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
      "\(NumberText.count(identified.count)) of "
        + "\(NumberText.count(servers.count, "listed server")) identified themselves in the last scan. Software and "
        + "version are what the server claims; a claim can be false."
    ]
    if let series = series(facts) { section.figures.append(series) }
    section.figures += [implementations(identified), versions(identified)]
    if let ranges = protocolRanges(identified) { section.figures.append(ranges) }
    section.figures.append(negotiated(identified))
    if let firsts = firsts(facts) { section.listings.append(firsts) }
    return section
  }

  /// The most frequent programs scan by scan.
  private static func series(_ facts: ReportFacts) -> Figure? {
    guard facts.scans.count > 1 else { return nil }
    var all = Tally()
    for scan in facts.scans {
      for entry in scan.software.descending { all.add(entry.word, entry.count) }
    }
    let names = all.top(3).entries.map(\.word)
    let tones: [Tone] = [.plain, .partial, .descriptive]
    let columns = facts.scans.map { scan -> ChartRow in
      let parts = zip(names, tones).map { name, tone in
        Segment(
          label: VisibleText.show(name, limit: 40), count: scan.software[name], tone: tone)
      }
      let others = scan.software.total - parts.reduce(0) { $0 + $1.count }
      return ChartRow(
        scan.minute ?? scan.name, parts + [Segment(label: "others", count: others, tone: .untested)]
      )
    }
    let track = SeriesEvents.track(facts)
    return Figure(
      ColumnChart(
        id: "software-series", title: "Software, scan by scan", columns: columns, events: track),
      caption: "Servers that identified themselves, by the program that they claim."
        + SeriesEvents.caption(track),
      legend: columns[0].segments.map { LegendEntry($0.label, $0.tone.style) },
      numbers: Grid(
        ["Scan"] + columns[0].segments.map { "#" + $0.label },
        columns.map { [$0.label] + $0.segments.map { NumberText.count($0.count) } }),
      sources: [Source("data/servers.csv.gz")], isWide: true)
  }

  /// Versions, the newest in the series first.
  private static func firsts(_ facts: ReportFacts) -> Listing? {
    let rows = facts.upgrades.filter { $0.version != "*" && $0.software != "*" && !$0.fromStart }
      .sorted { ($1.firstScan, $0.software, $0.version) < ($0.firstScan, $1.software, $1.version) }
    guard facts.scans.count > 1, !facts.upgrades.isEmpty else { return nil }
    return Listing(
      listingTitle: "Versions first seen during the series",
      listingCaption: rows.isEmpty
        ? "None: every version that is claimed was claimed in the first scan already."
        : "Newest first; the median of the days from a version's first sight to a server's move to it.",
      listingRows: Grid(
        ["Software", "Version", "First scan", "#Servers ever", "#Servers now", "#Median days"],
        rows.prefix(40).map {
          [
            VisibleText.show($0.software, limit: 40), VisibleText.show($0.version, limit: 24),
            $0.firstScan, NumberText.count($0.serversEver), NumberText.count($0.serversNow),
            NumberText.value($0.daysMedian),
          ]
        }), listingSources: [Source("data/upgrades.csv.gz")])
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

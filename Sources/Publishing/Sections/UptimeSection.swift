import Ordering
internal import Records

/// Who was up when, servers with like histories beside each other and groups boxed.
enum UptimeSection {
  private static let limit = 240
  private static let mostMarks = 6_000

  static func sections(_ facts: ReportFacts) -> [Section] {
    [population(facts), matrix(facts), events(facts)]
  }

  private static let looks: [CellChart.Look] = [
    .init(word: "up", tone: Tone.answered.style),
    .init(word: "down", tone: Tone.failed.style, shape: .low),
    .init(word: "excused", tone: Tone.partial.style, shape: .narrow),
    .init(word: "unknown", tone: Tone.untested.style),
  ]

  private static func population(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "population", sectionTitle: "The population")
    guard !facts.churn.isEmpty else {
      section.sectionAbsence = "The table of the population's changes is absent or empty."
      return section
    }
    if facts.churn.count > 1 { section.figures = [populationFigure(facts)] }
    let shown = facts.churn.suffix(60)
    section.listings = [
      Listing(
        listingTitle: "Scan by scan",
        listingCaption: (shown.count < facts.churn.count
          ? "The last \(shown.count) of \(NumberText.count(facts.churn.count, "scan")). " : "")
          + "Known: servers that the scan lists. A dash: the scan has none before it to compare with.",
        listingRows: Grid(
          [
            "Scan", "#Known", "#Up", "#Down", "#Unknown", "#Excused", "#New", "#Returned", "#Gone",
            "#Went down", "#Came up",
          ],
          shown.map { row in
            [row.scan]
              + [row.known, row.up, row.down, row.unknown, row.excused].map { NumberText.count($0) }
              + [row.new, row.returned, row.gone].map { $0.map { NumberText.count($0) } ?? "–" }
              + [row.wentDown, row.cameUp].map { NumberText.count($0) }
          }), listingSources: [Source("data/churn.csv.gz")])
    ]
    return section
  }

  private static func populationFigure(_ facts: ReportFacts) -> Figure {
    let minutes = Dictionary(
      facts.scans.map { ($0.name, $0.minute ?? $0.name) }, uniquingKeysWith: { first, _ in first })
    let tones: [(String, Tone, (ScanChurn) -> Int)] = [
      ("up", .answered, { $0.up }), ("excused", .partial, { $0.excused }),
      ("down", .failed, { $0.down }), ("unknown", .untested, { $0.unknown }),
    ]
    let columns = facts.churn.map { row in
      ChartRow(
        minutes[row.scan] ?? row.scan,
        tones.map { Segment(label: $0.0, count: $0.2(row), tone: $0.1) })
    }
    let track = EventTrack(SeriesEvents.all(facts), times: facts.churn.map(\.startedAt))
    return Figure(
      ColumnChart(
        id: "population-series", title: "Servers, scan by scan", columns: columns, events: track),
      caption: "Each column is one scan; its height is the servers that it lists."
        + SeriesEvents.caption(track),
      legend: tones.map { LegendEntry($0.0, $0.1.style) },
      numbers: Grid(
        ["Scan"] + tones.map { "#" + $0.0 },
        columns.map { [$0.label] + $0.segments.map { NumberText.count($0.count) } }),
      sources: [Source("data/churn.csv.gz")], isWide: true)
  }

  private static func matrix(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "matrix", sectionTitle: "Up and down")
    guard !facts.histories.isEmpty else {
      section.sectionAbsence = "The table of timelines is absent or empty."
      return section
    }
    let lines = fitting(lines(facts))
    section.sectionLead = [
      "Each row is a server, each column a scan. Servers of one likely operator stand in one box; the "
        + "others follow, like histories beside each other. That servers are up and down together can "
        + "have many causes: a hoster, a network, a release."
    ]
    if facts.histories.count > lines.count {
      section.sectionLead.append(
        "Drawn are \(NumberText.count(lines.count)) of \(NumberText.count(facts.histories.count, "server")): "
          + "groups first, then those whose state changed most.")
    }
    section.figures = [figure(lines, facts)]
    return section
  }

  private static func figure(_ lines: [CellChart.Line], _ facts: ReportFacts) -> Figure {
    let track = SeriesEvents.track(facts)
    return Figure(
      CellChart(
        id: "uptime-matrix", title: "Servers by scan",
        columns: facts.scans.map(\.name), lines: lines, looks: looks,
        events: track),
      caption:
        "Up: a connection was established. Excused: down, and a failure of the vantage, of a "
        + "whole network or of the path explains it. Empty: the scan does not list the server."
        + SeriesEvents.caption(track),
      legend: looks.map { LegendEntry($0) },
      numbers: Grid(
        ["Server", "#Up", "#Down", "#Excused", "#Unknown"],
        lines.map { line in
          [line.label]
            + looks.map { look in NumberText.count(line.words.count { $0 == look.word }) }
        }), sources: [Source("data/timelines.csv.gz"), Source("data/operators.csv.gz")],
      isWide: true)
  }

  /// The states of one server, and what happened to it, under its own history.
  static func strip(_ visits: [ServerVisit], _ page: ServerPage) -> Figure {
    let facts = page.facts
    let track = EventTrack(
      (facts.events[page.id] ?? []).map {
        EventTrack.Event(time: $0.epochStart, kind: $0.kind.rawValue, text: $0.kind.rawValue)
      } + SeriesEvents.all(facts).filter { $0.kind == SeriesEvents.outage },
      times: facts.scans.map(\.startedAt))
    let words = words(visits, facts.scans.count)
    return Figure(
      CellChart(
        id: "history-\(page.id)", title: "Up and down",
        columns: facts.scans.map(\.name),
        lines: [CellChart.Line(label: "state", words: words)], looks: looks, events: track),
      caption: "One cell a scan, the first at the left; dots below are events of this server.",
      legend: looks.map { LegendEntry($0) },
      numbers: Grid(
        ["State", "#Scans"],
        looks.map { look in [look.word, NumberText.count(words.count { $0 == look.word })] }),
      sources: [Source("data/timelines.csv.gz"), Source("data/events.csv.gz")], isWide: true,
      hasFiles: false)
  }

  private static func words(_ visits: [ServerVisit], _ scans: Int) -> [String?] {
    var words = [String?](repeating: nil, count: scans)
    for visit in visits {
      words[visit.scan] = visit.excused != nil ? "excused" : visit.state.rawValue
    }
    return words
  }

  private static func lines(_ facts: ReportFacts) -> [CellChart.Line] {
    let scans = facts.scans.count
    let words = facts.histories.mapValues { Self.words($0, scans) }
    let operators = Dictionary(
      (facts.operators ?? []).filter { $0.operatorServers > 1 }.map {
        ($0.serverID, $0.operatorID)
      },
      uniquingKeysWith: { first, _ in first })
    let groups = Dictionary(grouping: words.keys.filter { operators[$0] != nil }) {
      operators[$0] ?? ""
    }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    var lines: [CellChart.Line] = []
    for (group, ids) in groups where lines.count < limit {
      lines += ordered(ids, words).map { line($0, words, facts, group) }
    }
    let others = words.filter { operators[$0.key] == nil }
      .map { (id: $0.key, changes: changes($0.value)) }
      .sorted { ($1.changes, $0.id) < ($0.changes, $1.id) }
    let alone = others.prefix(max(0, limit - lines.count)).map(\.id)
    return lines + ordered(alone, words).map { line($0, words, facts, nil) }
  }

  /// The first lines whose changes of state a page has room for: each is a mark.
  private static func fitting(_ lines: [CellChart.Line]) -> [CellChart.Line] {
    var marks = 0
    return Array(
      lines.prefix { line in
        marks += CellChart.runs(line.words).count
        return marks <= mostMarks
      })
  }

  private static func line(
    _ id: String, _ words: [String: [String?]], _ facts: ReportFacts, _ group: String?
  ) -> CellChart.Line {
    let label = facts.label(of: id)
    return CellChart.Line(
      label: label == id ? id : "\(VisibleText.show(label, limit: 24)) \(id.prefix(8))",
      words: words[id] ?? [], group: group)
  }

  /// By their states as text: like histories share a beginning.
  private static func ordered(_ ids: [String], _ words: [String: [String?]]) -> [String] {
    func key(_ id: String) -> String {
      (words[id] ?? []).map { $0.map { String($0.prefix(1)) } ?? "~" }.joined()
    }
    return ids.map { (key: key($0), id: $0) }.sorted { ($1.key, $0.id) < ($0.key, $1.id) }.map(\.id)
  }

  private static func changes(_ words: [String?]) -> Int {
    zip(words, words.dropFirst()).count { $0 != $1 }
  }

  private static func events(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "events", sectionTitle: "What happened")
    let events = SeriesEvents.during(facts)
    guard !events.isEmpty else {
      section.sectionAbsence =
        "No scan after the first shows a new version, a failure of many, or a server that came or went."
      return section
    }
    section.sectionLead = [
      "What the series shows to have happened, newest first, each at the scan by which it had. A failure "
        + "of many is held against no server."
    ]
    let shown = events.suffix(200).reversed()
    section.listings = [
      Listing(
        listingTitle: "Events",
        listingCaption: shown.count < events.count
          ? "The last \(shown.count) of \(NumberText.count(events.count, "event"))."
          : "\(NumberText.count(events.count, "event")).",
        listingRows: Grid(
          ["By", "What", "Which"],
          shown.map {
            [$0.time.prefix(10) + " " + $0.time.dropFirst(11).prefix(5) + "Z", $0.kind, $0.text]
          }),
        listingSources: [
          Source("data/network_events.csv.gz"), Source("data/churn.csv.gz"),
        ])
    ]
    return section
  }
}

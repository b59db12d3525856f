import Ordering
internal import Records

/// Who was up when, servers with like histories beside each other and groups boxed.
enum UptimeSection {
  private static let limit = 240

  static func sections(_ facts: ReportFacts) -> [Section] { [matrix(facts), events(facts)] }

  private static func matrix(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "matrix", sectionTitle: "Up and down")
    guard !facts.histories.isEmpty else {
      section.sectionAbsence = "The table of timelines is absent or empty."
      return section
    }
    let lines = lines(facts)
    section.sectionLead = [
      "Each row is a server, each column a scan. Servers of one likely operator stand together, "
        + "groups apart by a gap; the others follow, like histories beside each other. That servers "
        + "are up and down together can have many causes: a hoster, a network, a release."
    ]
    if facts.histories.count > lines.count {
      section.sectionLead.append(
        "Drawn are \(NumberText.count(lines.count)) of \(NumberText.count(facts.histories.count, "server")): "
          + "groups first, then those whose state changed most.")
    }
    section.figures = [figure(lines, facts)]
    return section
  }

  private static let tones = [
    ("up", Tone.answered.style), ("down", Tone.failed.style), ("excused", Tone.partial.style),
    ("unknown", Tone.untested.style),
  ]

  private static func figure(_ lines: [CellChart.Line], _ facts: ReportFacts) -> Figure {
    Figure(
      CellChart(
        id: "uptime-matrix", title: "Servers by scan", columns: facts.scans.map(\.name),
        lines: lines, tones: tones.map { (word: $0.0, tone: $0.1) }),
      caption:
        "Up: a connection was established. Excused: down, and a failure of the vantage, of a "
        + "whole network or of the path explains it. Empty: the scan does not list the server.",
      legend: tones.map { LegendEntry($0.0, $0.1) },
      numbers: Grid(
        ["Server", "#Up", "#Down", "#Excused", "#Unknown"],
        lines.map { line in
          [line.label]
            + tones.map { tone in
              NumberText.count(line.words.count { $0 == tone.0 })
            }
        }), sources: [Source("data/timelines.csv.gz"), Source("data/operators.csv.gz")],
      isWide: true)
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
    for (_, ids) in groups where lines.count < limit {
      for (index, id) in ordered(ids, words).enumerated() {
        lines.append(line(id, words, facts, begins: index == 0))
      }
    }
    let others = words.filter { operators[$0.key] == nil }
      .map { (id: $0.key, changes: changes($0.value)) }
      .sorted { ($1.changes, $0.id) < ($0.changes, $1.id) }
    let alone = others.prefix(max(0, limit - lines.count)).map(\.id)
    for (index, id) in ordered(alone, words).enumerated() {
      lines.append(line(id, words, facts, begins: index == 0))
    }
    return lines
  }

  private static func line(
    _ id: String, _ words: [String: [String?]], _ facts: ReportFacts, begins: Bool
  ) -> CellChart.Line {
    let label = facts.label(of: id)
    return CellChart.Line(
      label: label == id ? id : "\(VisibleText.show(label, limit: 26)) \(id.prefix(8))",
      words: words[id] ?? [], beginsGroup: begins)
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
    guard !facts.churn.isEmpty else {
      section.sectionAbsence = "The table of the population's changes is absent or empty."
      return section
    }
    section.sectionLead = [
      "New and gone servers from scan to scan, and what was recognised as one failure of many."
    ]
    let shown = facts.churn.suffix(60)
    section.listings = [
      Listing(
        listingTitle: "The population",
        listingCaption: shown.count < facts.churn.count
          ? "The last \(shown.count) of \(NumberText.count(facts.churn.count, "scan"))."
          : "Scan by scan.",
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
          }), listingSources: [Source("data/churn.csv.gz")]),
      Listing(
        listingTitle: "Failures of many at once",
        listingCaption: facts.outages.isEmpty
          ? "None was recognised." : "They are held against no server.",
        listingRows: Grid(
          ["Scan", "Rule", "What failed", "#Affected", "#Of"],
          facts.outages.suffix(60).map {
            [
              $0.scan, $0.rule.rawValue, VisibleText.show($0.stratum, limit: 60),
              NumberText.count($0.serversAffected), NumberText.count($0.serversBefore),
            ]
          }), listingSources: [Source("data/outages.csv.gz")]),
    ]
    return section
  }
}

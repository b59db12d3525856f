import Ordering
internal import Records

/// Deviations from the protocol that were seen, the three kinds of statement kept apart.
enum DeviationSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "deviations", sectionTitle: "Protocol deviations")
    guard let indicators = facts.indicators else {
      section.sectionAbsence = "The table of indicators is absent."
      return section
    }
    guard !indicators.isEmpty else {
      section.sectionAbsence = "No server was reached, so no indicator could be evaluated."
      return section
    }
    let fired = indicators.filter { $0.status == .fired }
    section.sectionLead = [lead(fired, indicators)]
    if let verdicts = facts.deviation, !verdicts.isEmpty {
      section.figures.append(figure(verdicts))
    }
    let evaluated = Set(
      indicators.filter { $0.status == .fired || $0.status == .passed }.map(\.indicator))
    let never = Set(indicators.map(\.indicator)).subtracting(evaluated)
      .sorted(by: VersionText.precedes)
    if !evaluated.isEmpty {
      section.figures.append(
        figure(indicators.filter { evaluated.contains($0.indicator) }, facts))
    }
    section.notes = notes(facts.deviation ?? [])
    for kind in [VerdictClass.proved, .statistical, .descriptive] {
      section.listings.append(listing(kind, fired.filter { $0.verdictClass == kind }, facts))
    }
    if !never.isEmpty { section.listings.append(nowhere(never, facts)) }
    return section
  }

  /// What the verdicts that are given mean.
  private static func notes(_ verdicts: [Deviation]) -> [Note] {
    let styles: [(Verdict, String)] = [
      (.proved, "proved"), (.suspected, "statistical"), (.none, "descriptive"),
      (.insufficient, "unknown"),
    ]
    return styles.filter { verdict, _ in verdicts.contains { $0.verdict == verdict } }.map {
      Note(
        noteTitle: VerdictWording.title($0.0).withCapital,
        noteText: VerdictWording.statement($0.0), noteStyle: $0.1)
    }
  }

  private static func nowhere(_ rules: [String], _ facts: ReportFacts) -> Listing {
    Listing(
      listingTitle: "Evaluated nowhere",
      listingCaption:
        "What these rules say was looked for at no server, and counts neither for nor "
        + "against any.",
      listingRows: Grid(["Rule", "Says"], rules.map { [$0, facts.statement(of: $0)] }),
      listingSources: [Source("data/indicators.csv.gz")])
  }

  private static func lead(_ fired: [Indicator], _ all: [Indicator]) -> String {
    func servers(_ kind: VerdictClass) -> String {
      NumberText.count(
        Set(fired.filter { $0.verdictClass == kind }.map(\.serverID)).count, "server")
    }
    return
      "Of \(NumberText.count(Set(all.map(\.serverID)).count, "reached server")): proved deviations at "
      + "\(servers(.proved)), statistical signs at \(servers(.statistical)), descriptive remarks at "
      + "\(servers(.descriptive)). The three are never added up. An indicator that could not be "
      + "evaluated is unknown and counts neither for nor against."
  }

  private static func tone(_ kind: VerdictClass) -> Tone {
    switch kind {
    case .proved: .proved
    case .statistical: .statistical
    case .descriptive: .descriptive
    }
  }

  private static func figure(_ verdicts: [Deviation]) -> Figure {
    let tones: [(Verdict, Tone)] = [
      (.proved, .proved), (.suspected, .statistical), (.none, .answered),
      (.insufficient, .untested),
    ]
    let rows = tones.map { verdict, tone in
      ChartRow(
        VerdictWording.title(verdict), verdicts.count { $0.verdict == verdict }, tone)
    }
    return Figure(
      BarChart(id: "verdicts", title: "Servers by verdict", rows: rows),
      caption: "One verdict a reached server. " + VerdictWording.reply,
      numbers: Grid(
        ["Verdict", "Means", "#Servers"],
        zip(tones, rows).map {
          [$1.label, VerdictWording.statement($0.0), NumberText.count($1.total)]
        }),
      sources: [Source("data/deviation.csv.gz")])
  }

  private static func figure(_ indicators: [Indicator], _ facts: ReportFacts) -> Figure {
    struct Counts {
      var kind: VerdictClass
      var fired = 0
      var passed = 0
      var unknown = 0
    }
    var counts: [String: Counts] = [:]
    for row in indicators {
      var count = counts[row.indicator] ?? Counts(kind: row.verdictClass)
      switch row.status {
      case .fired: count.fired += 1
      case .passed: count.passed += 1
      case .unknown, .notMeasured: count.unknown += 1
      }
      counts[row.indicator] = count
    }
    let sorted = counts.sorted { VersionText.precedes($0.key, $1.key) }
    let rows = sorted.map { id, count in
      ChartRow.first(
        id,
        [
          Segment(
            label: "seen (\(count.kind.rawValue))", count: count.fired, tone: tone(count.kind)),
          Segment(label: "not seen", count: count.passed, tone: .answered),
          Segment(label: "unknown", count: count.unknown, tone: .untested),
        ])
    }
    return Figure(
      BarChart(
        id: "indicators", title: "Indicators", rows: rows, isShareOfRow: true
      ),
      caption: "For each rule, the servers where it was seen, was not seen, or could not be "
        + "evaluated.",
      legend: [
        LegendEntry("seen (proved)", Tone.proved.style),
        LegendEntry("seen (statistical)", Tone.statistical.style),
        LegendEntry("seen (descriptive)", Tone.descriptive.style),
        LegendEntry("not seen", Tone.answered.style), LegendEntry("unknown", Tone.untested.style),
      ],
      numbers: Grid(
        ["Rule", "Says", "Kind", "#Seen", "#Not seen", "#Unknown"],
        sorted.map { id, count in
          [
            id, facts.statement(of: id), count.kind.rawValue, NumberText.count(count.fired),
            NumberText.count(count.passed),
            NumberText.count(count.unknown),
          ]
        }),
      sources: [Source("data/indicators.csv.gz")])
  }

  private static func listing(
    _ kind: VerdictClass, _ rows: [Indicator], _ facts: ReportFacts
  ) -> Listing {
    let shown = rows.prefix(40)
    let title =
      switch kind {
      case .proved: "Proved"
      case .statistical: "Statistical"
      case .descriptive: "Descriptive"
      }
    let caption =
      rows.isEmpty
      ? "None."
      : (shown.count < rows.count
        ? "The first \(shown.count) of \(NumberText.count(rows.count, "row")); all are in the table. "
        : "")
        + "A server's name leads to its page, and from there to the bytes."
    return Listing(
      listingTitle: title, listingCaption: caption,
      listingRows: Grid(
        ["Server", "Rule", "Says", "#Observations", "Evidence"],
        cells: shown.map {
          [
            CellText(facts.label(of: $0.serverID), to: ServerPage.path($0.serverID) + "#verdicts"),
            CellText($0.indicator), CellText(facts.statement(of: $0.indicator)),
            CellText(NumberText.count($0.observations)),
            CellText(VisibleText.show($0.evidence ?? "–", limit: 160)),
          ]
        }), listingSources: [Source("data/indicators.csv.gz")])
  }
}

import Ordering
internal import Records

/// How each class answers each probe.
enum HeatMapSection {
  private static let limit = 60

  static func sections(_ facts: ReportFacts) -> [Section] {
    [heatMap(facts), FamilySection.section(facts)]
  }

  private static func heatMap(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "probes", sectionTitle: "How classes answer")
    let classed = (facts.behaviour ?? []).filter { $0.classID != nil }
    guard !classed.isEmpty, !facts.signatures.isEmpty else {
      section.sectionAbsence = "The tables of behaviour classes or signatures are absent or empty."
      return section
    }
    let classes = Dictionary(grouping: classed) { $0.classID ?? "" }.sorted {
      ($0.value[0].familyID ?? "~", $1.value.count, $0.key)
        < ($1.value[0].familyID ?? "~", $0.value.count, $1.key)
    }.prefix(limit)
    let probes = Set(
      classes.flatMap { $0.value.flatMap { facts.signatures[$0.serverID]?.keys.map(\.self) ?? [] } }
    )
    .sorted()
    let common = usual(facts, probes)
    let names = ClassNames(facts)
    let lines = classes.map { id, rows in
      CellChart.Line(
        label: "\(names.software(of: id)) \(id.prefix(8)) ×\(NumberText.count(rows.count))",
        words: probes.map { word(rows, $0, facts, common) }, group: rows[0].familyID)
    }
    section.sectionLead = [
      "Each row is a class, each column a probe: whether the class answers it in the form that most "
        + "servers use, in another, or with an error. Classes of one family stand in one box."
    ]
    section.figures = [figure(lines, probes)]
    return section
  }

  private static func figure(_ lines: [CellChart.Line], _ probes: [String]) -> Figure {
    let looks: [CellChart.Look] = [
      .init(word: "as most", tone: Tone.answered.style),
      .init(word: "otherwise", tone: Tone.partial.style, shape: .narrow),
      .init(word: "error as most", tone: Tone.descriptive.style, shape: .low),
      .init(word: "error otherwise", tone: Tone.failed.style, shape: .small),
    ]
    return Figure(
      CellChart(
        id: "behaviour-heat-map", title: "Classes by probe", columns: probes, lines: lines,
        looks: looks, namesColumns: true),
      caption:
        "Classes by the software that most of their servers claim. Empty: no server of the class "
        + "answered the probe.",
      legend: looks.map { LegendEntry($0) },
      numbers: Grid(
        ["Class", "#As most", "#Otherwise", "#Errors", "Otherwise on"],
        lines.map { line in
          let odd = zip(probes, line.words).filter { $0.1?.hasSuffix("otherwise") ?? false }
          return [
            line.label, NumberText.count(line.words.count { $0 == "as most" }),
            NumberText.count(line.words.count { $0 == "otherwise" }),
            NumberText.count(line.words.count { $0?.hasPrefix("error") ?? false }),
            odd.isEmpty ? "–" : odd.map(\.0).joined(separator: ", "),
          ]
        }),
      sources: [Source("data/signatures.csv.gz"), Source("data/behaviour_classes.csv.gz")],
      isWide: true)
  }

  /// The most frequent signature of each probe.
  private static func usual(_ facts: ReportFacts, _ probes: [String]) -> [String: String] {
    var tallies: [String: Tally] = [:]
    for (_, answers) in facts.signatures {
      for (probe, word) in answers { tallies[probe, default: Tally()].add(word) }
    }
    return tallies.compactMapValues { $0.descending.first?.word }
  }

  /// What most servers of a class answer.
  private static func word(
    _ rows: [BehaviourMembership], _ probe: String, _ facts: ReportFacts, _ usual: [String: String]
  ) -> String? {
    let answers = Tally(rows.compactMap { facts.signatures[$0.serverID]?[probe] })
    guard let answer = answers.descending.first?.word else { return nil }
    let kind = answer == usual[probe] ? "as most" : "otherwise"
    return answer.hasPrefix("result ") ? kind : "error \(kind)"
  }
}

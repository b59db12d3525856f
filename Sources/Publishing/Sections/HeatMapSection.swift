import Ordering
internal import Records

/// How each class answers each probe, families and outliers.
enum HeatMapSection {
  private static let limit = 60

  static func sections(_ facts: ReportFacts) -> [Section] { [heatMap(facts), families(facts)] }

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
    var family: String??
    let lines = classes.map { id, rows -> CellChart.Line in
      let begins = family != .some(rows[0].familyID)
      family = rows[0].familyID
      return CellChart.Line(
        label: "\(id) ×\(NumberText.count(rows.count))",
        words: probes.map { word(rows, $0, facts, common) }, beginsGroup: begins)
    }
    section.sectionLead = [
      "Each row is a class, each column a probe: whether the class answers it as most servers do, "
        + "otherwise, or with an error. Rows of one family stand together."
    ]
    section.figures = [figure(lines, probes)]
    return section
  }

  private static func figure(_ lines: [CellChart.Line], _ probes: [String]) -> Figure {
    let tones = [
      ("as most", Tone.answered.style), ("otherwise", Tone.partial.style),
      ("error as most", Tone.descriptive.style), ("error otherwise", Tone.failed.style),
    ]
    return Figure(
      CellChart(
        id: "behaviour-heat-map", title: "Classes by probe", columns: probes, lines: lines,
        tones: tones.map { (word: $0.0, tone: $0.1) }),
      caption: "Point at a cell for its probe. Empty: no server of the class answered.",
      legend: tones.map { LegendEntry($0.0, $0.1) },
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

  private static func families(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "families", sectionTitle: "Families and outliers")
    guard !facts.families.isEmpty || !facts.outliers.isEmpty else {
      section.sectionAbsence = "No class is near another, and none stands apart."
      return section
    }
    section.sectionLead = [
      "A family is of classes that differ in little. Its stability is how often it comes back when a "
        + "fifth of servers and probes is left out. An outlier answers unlike all near it: often a "
        + "rare program or a proxy."
    ]
    if !facts.families.isEmpty { section.listings.append(familyListing(facts)) }
    if !facts.outliers.isEmpty { section.listings.append(outlierListing(facts)) }
    return section
  }

  private static func familyListing(_ facts: ReportFacts) -> Listing {
    let traits = Dictionary(grouping: facts.traits, by: \.familyID)
    return Listing(
      listingTitle: "Families", listingCaption: "With the answers that tell each from the rest.",
      listingRows: Grid(
        ["Family", "#Classes", "#Servers", "Stability", "Nearest", "#Distance", "Told by"],
        facts.families.map { row in
          [
            row.familyID, NumberText.count(row.classes.count), NumberText.count(row.servers),
            row.stability?.rawValue ?? "not known", row.nearestFamily ?? "–",
            NumberText.value(row.nearestDistance),
            (traits[row.familyID] ?? []).prefix(4).map(\.probe).joined(separator: ", "),
          ]
        }),
      listingSources: [
        Source("data/behaviour_families.jsonl.gz"), Source("data/behaviour_traits.csv.gz"),
      ])
  }

  private static func outlierListing(_ facts: ReportFacts) -> Listing {
    Listing(
      listingTitle: "Classes that stand apart",
      listingCaption: "Score: 0 as dense as the densest near it, towards 1 the further apart.",
      listingRows: Grid(
        ["Server", "Class", "#Servers", "#Score", "Nearest class", "Differs on"],
        cells: facts.outliers.sorted { ($1.score, $0.classID) < ($0.score, $1.classID) }
          .prefix(40).map { row in
            [
              row.servers.first.map(facts.cell) ?? CellText("–"), CellText(row.classID),
              CellText(NumberText.count(row.servers.count)), CellText(NumberText.value(row.score)),
              CellText(row.nearestClass ?? "–"),
              CellText(row.differingProbes.joined(separator: ", ")),
            ]
          }), listingSources: [Source("data/behaviour_outliers.jsonl.gz")])
  }
}

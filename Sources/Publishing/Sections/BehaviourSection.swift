internal import Records

/// Servers that answer alike.
enum BehaviourSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "behaviour", sectionTitle: "Behaviour classes")
    guard let rows = facts.behaviour, !rows.isEmpty else {
      section.sectionAbsence = "The table of behaviour classes is absent or empty."
      return section
    }
    let classed = Tally(rows.compactMap(\.classID))
    let unclassed = rows.count { $0.classID == nil }
    guard classed.total > 0 else {
      section.sectionAbsence =
        "Too few probes were answered to class any of \(NumberText.count(rows.count, "server"))."
      return section
    }
    let single = classed.descending.count { $0.count == 1 }
    section.sectionLead = [
      "Servers of one class are indistinguishable on every probe that both answered: key order, "
        + "separators, line ends, errors, types. It tells software and deployment apart, not "
        + "operators: independent people who install one release answer alike.",
      "\(NumberText.count(classed.total, "server")) in "
        + "\(NumberText.count(classed.descending.count, "class", "classes")), "
        + "\(NumberText.count(single)) of them of one server; "
        + "\(NumberText.count(unclassed, "server")) answered too little to be classed.",
    ]
    section.figures = [figure(rows, classed, unclassed, facts)]
    return section
  }

  private static func figure(
    _ rows: [BehaviourMembership], _ classed: Tally, _ unclassed: Int, _ facts: ReportFacts
  ) -> Figure {
    let names = ClassNames(facts)
    let top = classed.top(14)
    var bars = top.entries.map { entry in
      ChartRow(
        "\(names.software(of: entry.word)) · \(entry.word)", entry.count)
    }
    if top.others > 0 {
      bars.append(
        ChartRow(
          NumberText.count(top.otherWords, "smaller class", "smaller classes"), top.others,
          .descriptive))
    }
    if unclassed > 0 { bars.append(ChartRow("not classed", unclassed, .untested)) }
    return Figure(
      BarChart(id: "behaviour-classes", title: "Servers by behaviour class", rows: bars),
      caption: "With the software that most of the class claims.",
      numbers: Grid(
        ["Class", "#Servers", "Software claimed"],
        classed.descending.prefix(60).map {
          [$0.word, NumberText.count($0.count), names.composition(of: $0.word)]
        }),
      sources: [Source("data/behaviour_classes.csv.gz"), Source("data/profiles.csv.gz")],
      isWide: true)
  }
}

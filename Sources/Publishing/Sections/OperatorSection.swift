import Ordering
internal import Records

/// Servers that are likely run together, and the evidence that says so.
enum OperatorSection {
  private struct Group {
    let id: String
    let label: OperatorLabel
    var members: [OperatorMembership]
  }

  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "operators", sectionTitle: "Likely operators")
    let memberships = PartitionSection.reached(facts)
    guard !memberships.isEmpty else {
      section.sectionAbsence = "The table of likely operators is absent or empty."
      return section
    }
    let groups = groups(memberships)
    let several = groups.filter { $0.members.count > 1 }
    section.sectionLead = [lead(memberships, several)]
    if several.isEmpty {
      section.sectionLead.append("No two servers share evidence that joins them.")
    } else {
      section.figures.append(sizes(several))
    }
    if let links = facts.links, !links.isEmpty { section.figures.append(evidence(links, facts)) }
    if let tree = OperatorTree.figure(
      id: "operator-tree", title: "What joins servers, and how firmly", links: facts.pairs,
      caption: "Servers of all likely operators of several.", facts: facts)
    {
      section.figures.append(tree)
    }
    if !several.isEmpty { section.listings.append(largest(several, facts)) }
    if let links = facts.links, !links.isEmpty { section.listings.append(values(links)) }
    return section
  }

  private static func lead(_ rows: [OperatorMembership], _ several: [Group]) -> String {
    let joined = several.reduce(0) { $0 + $1.members.count }
    return
      "\(NumberText.count(joined)) of \(NumberText.count(rows.count, "reached server")) are in "
      + "\(NumberText.count(several.count, "likely operator")) of several servers; "
      + "the others stand alone, as far as is known. \(DetectionLimit.statement)"
  }

  private static func groups(_ rows: [OperatorMembership]) -> [Group] {
    var groups: [String: Group] = [:]
    for row in rows {
      groups[row.operatorID, default: Group(id: row.operatorID, label: row.label, members: [])]
        .members.append(row)
    }
    return groups.values.sorted { ($1.members.count, $0.id) < ($0.members.count, $1.id) }
  }

  private static func tone(_ label: OperatorLabel) -> Tone {
    switch label {
    case .confirmed, .probable: .plain
    case .likely: .descriptive
    case .single: .untested
    }
  }

  private static func sizes(_ groups: [Group]) -> Figure {
    let shown = groups.prefix(14)
    let labels = OperatorLabel.allCases.filter { label in groups.contains { $0.label == label } }
    return Figure(
      BarChart(
        id: "operator-sizes", title: "Largest likely operators",
        rows: shown.map { ChartRow($0.id, $0.members.count, tone($0.label)) }
      ),
      caption: "Reached servers of each likely operator"
        + (groups.count > shown.count
          ? "; \(NumberText.count(groups.count - shown.count)) smaller ones are in the table."
          : "."),
      legend: labels.map { LegendEntry(OperatorWording.legend($0), tone($0).style) },
      numbers: Grid(
        ["Likely operator", "Label", "#Servers"],
        groups.map { [$0.id, $0.label.rawValue, NumberText.count($0.members.count)] }),
      sources: [Source("data/operators.csv.gz")])
  }

  private static func isSupport(_ link: LinkRule) -> Bool { link.strength == "support" }

  private static func evidence(_ links: [LinkRule], _ facts: ReportFacts) -> Figure {
    let rows = links.map { link in
      ChartRow(link.rule, link.pairs, isSupport(link) ? .descriptive : .plain)
    }
    return Figure(
      BarChart(id: "operator-evidence", title: "Kinds of evidence", rows: rows),
      caption: "Listed pairs of servers that agree by each rule. One pair can agree by several.",
      legend: [
        LegendEntry("may join two servers alone", Tone.plain.style),
        LegendEntry("supports other evidence only", Tone.descriptive.style),
      ],
      numbers: Grid(
        ["Rule", "Says", "Evidence group", "Strength", "#Pairs", "#Shared values"],
        links.map {
          [
            $0.rule, facts.statement(of: $0.rule), $0.group, $0.strength,
            NumberText.count($0.pairs),
            NumberText.count($0.values.count),
          ]
        }),
      sources: [Source("data/links.jsonl.gz")])
  }

  private static func largest(_ groups: [Group], _ facts: ReportFacts) -> Listing {
    let shown = groups.prefix(25)
    return Listing(
      listingTitle: "Likely operators of several servers",
      listingCaption: (shown.count < groups.count
        ? "The largest \(shown.count) of \(groups.count). " : "")
        + "An operator has no name here, only an identifier, which leads to the evidence.",
      listingRows: Grid(
        ["Likely operator", "Label", "#Servers", "Linked by", "Some of its servers"],
        cells: shown.map { group in
          let rules = Set(group.members.flatMap(\.rules)).sorted()
          let hosts = group.members.prefix(4).map { facts.label(of: $0.serverID) }
          let more = group.members.count - hosts.count
          return [
            CellText(group.id, to: GroupPage.path(group.id)), CellText(group.label.rawValue),
            CellText(NumberText.count(group.members.count)),
            CellText(rules.joined(separator: ", ")),
            CellText(hosts.joined(separator: ", ") + (more > 0 ? ", … \(more) more" : "")),
          ]
        }),
      listingSources: [Source("data/operators.csv.gz"), Source("data/servers.csv.gz")])
  }

  private static func values(_ links: [LinkRule]) -> Listing {
    let rows = links.flatMap { link in
      link.values.map { (link: link, value: $0.key, servers: $0.value) }
    }.sorted {
      ($1.servers, $0.link.rule, $0.value) < ($0.servers, $1.link.rule, $1.value)
    }
    let shown = rows.prefix(20)
    return Listing(
      listingTitle: "Shared values",
      listingCaption: "What servers share, exactly as evidence shows it (control characters made "
        + "visible, long texts cut)."
        + (shown.count < rows.count ? " The first \(shown.count) of \(rows.count)." : ""),
      listingRows: Grid(
        ["Rule", "Shared value", "#Servers"],
        shown.map {
          [$0.link.rule, VisibleText.show($0.value, limit: 96), NumberText.count($0.servers)]
        }),
      listingSources: [Source("data/links.jsonl.gz")])
  }
}

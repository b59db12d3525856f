import Ordering
internal import Records

/// One likely operator of several servers: its members, what joins them and what would change it.
struct GroupPage {
  let id: String
  let members: [OperatorMembership]
  let facts: ReportFacts
  let links: [Link]

  static func path(_ id: String) -> String { "groups/\(id).html" }

  /// The likely operators of several servers, greatest first.
  static func all(_ facts: ReportFacts) -> [GroupPage] {
    let several = (facts.operators ?? []).filter { $0.operatorServers > 1 }
    let members = Dictionary(grouping: several, by: \.operatorID)
    let operators = Dictionary(
      several.map { ($0.serverID, $0.operatorID) }, uniquingKeysWith: { first, _ in first })
    var links: [String: [Link]] = [:]
    for link in facts.pairs {
      guard let id = operators[link.serverA], operators[link.serverB] == id else { continue }
      links[id, default: []].append(link)
    }
    return members.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { id, rows in
      GroupPage(
        id: id, members: rows, facts: facts,
        links: (links[id] ?? []).sorted {
          ($1.bits, $0.serverA, $0.serverB) < ($0.bits, $1.serverA, $1.serverB)
        })
    }
  }

  var page: SitePage {
    SitePage(
      path: Self.path(id), title: "Group \(id)",
      summary: "\(NumberText.count(members.count, "server")) that "
        + OperatorWording.joined(members.first?.label ?? .likely)
        + ". The group has no name here, only an identifier.",
      sections: [memberSection, evidenceSection, changeSection, objection])
  }

  private var memberSection: Section {
    var section = Section(sectionID: "members", sectionTitle: "Members")
    let identities = Set(members.map(\.identityID)).count
    section.sectionLead = [
      "By identity alone (evidence that no stranger can copy) these would be "
        + "\(NumberText.count(identities, "unit")). \(OperatorWording.upperBound)"
    ]
    section.listings = [
      Listing(
        listingTitle: "Servers", listingCaption: "Each leads to all that is known of it.",
        listingRows: Grid(
          ["Server", "Id", "Software claimed", "Network (AS)", "Identity", "Joined by"],
          cells: members.map(row), isSortable: members.count > 12),
        listingSources: [Source("data/operators.csv.gz")])
    ]
    return section
  }

  private func row(_ member: OperatorMembership) -> [CellText] {
    let server = facts.lastSeen[member.serverID]
    let software = [server?.software, server?.softwareVersion].compactMap(\.self)
      .joined(separator: " ")
    return [
      facts.cell(of: member.serverID), CellText(member.serverID),
      CellText(software.isEmpty ? "–" : VisibleText.show(software, limit: 40)),
      CellText(server?.geography.asn.map { "AS\($0)" } ?? "–"), CellText(member.identityID),
      CellText(member.rules.joined(separator: ", ")),
    ]
  }

  private var evidenceSection: Section {
    var section = Section(sectionID: "evidence", sectionTitle: "What joins them")
    guard let strongest = links.first else {
      section.sectionAbsence = "No link of the group is listed."
      return section
    }
    section.sectionLead = [
      "Each bar is what one kind of evidence adds in bits to the odds of one operator, from the "
        + "prior of two servers of which nothing is known. A sum above zero is more likely than not."
    ]
    let spanning = links.filter(\.spanning)
    let weakest = spanning.last ?? links[links.count - 1]
    section.figures = [waterfall("strongest", strongest)]
    if weakest.serverA != strongest.serverA || weakest.serverB != strongest.serverB {
      section.figures.append(waterfall("weakest", weakest))
    }
    if let tree = OperatorTree.figure(
      id: "group-\(id)-tree", title: "How firmly its servers are joined", links: links,
      caption: "Servers of the group.", facts: facts)
    {
      section.figures.append(tree)
    }
    section.listings = [listing(spanning.isEmpty ? links : spanning)]
    return section
  }

  private func waterfall(_ which: String, _ link: Link) -> Figure {
    let steps =
      [WaterfallChart.Step(label: "prior", change: link.prior, isStart: true)]
      + link.agreements.map {
        WaterfallChart.Step(
          label: "\($0.rule): \(VisibleText.show($0.value, limit: 18))", change: $0.bits)
      }
    let pair = "\(facts.label(of: link.serverA)) and \(facts.label(of: link.serverB))"
    return Figure(
      WaterfallChart(
        id: "group-\(id)-\(which)", title: "The \(which) link that holds the group", unit: "bits",
        steps: steps),
      caption: "\(pair): \(NumberText.decimal(link.bits, places: 2)) bits.",
      numbers: Grid(
        ["Rule", "Says", "Kind", "#Bits", "#At most", "#Others that have it", "#Of", "Value"],
        link.agreements.map {
          [
            $0.rule, facts.statement(of: $0.rule), $0.group, NumberText.decimal($0.bits, places: 2),
            NumberText.decimal($0.cap, places: 2), $0.holders.map { NumberText.count($0) } ?? "–",
            $0.known.map { NumberText.count($0) } ?? "–", VisibleText.show($0.value, limit: 160),
          ]
        }),
      sources: [Source("data/links.jsonl.gz")])
  }

  private func listing(_ rows: [Link]) -> Listing {
    let shown = rows.prefix(60)
    return Listing(
      listingTitle: "The links that hold it together",
      listingCaption: shown.count < rows.count
        ? "The strongest \(shown.count) of \(NumberText.count(rows.count))." : "Strongest first.",
      listingRows: Grid(
        ["Server", "Other server", "Says", "#Bits", "Rules"],
        cells: shown.map { link in
          [
            facts.cell(of: link.serverA), facts.cell(of: link.serverB),
            CellText(Remedies.text(link.says)),
            CellText(NumberText.decimal(link.bits, places: 2)),
            CellText(link.agreements.map(\.rule).joined(separator: ", ")),
          ]
        }),
      listingSources: [Source("data/links.jsonl.gz")])
  }

  private var changeSection: Section {
    var section = Section(sectionID: "change", sectionTitle: "What would change it")
    let rows = facts.bands.sorted { $0.key < $1.key }.map { variant, operators -> [String] in
      let parts = Set(members.map { operators[$0.serverID] ?? $0.serverID })
      let inside = Set(members.map(\.serverID))
      let others = operators.filter { parts.contains($0.value) && !inside.contains($0.key) }.count
      return [
        PartitionSection.words(variant: variant),
        parts.count == 1 ? "holds" : "falls into \(parts.count) parts",
        NumberText.count(others),
      ]
    }
    guard !rows.isEmpty else {
      section.sectionAbsence = "No table tells the partition under other assumptions."
      return section
    }
    let firm = rows.count { $0[1] == "holds" }
    section.sectionLead = [
      "Under \(firm) of \(rows.count) other assumptions the group stays together."
    ]
    section.listings = [
      Listing(
        listingTitle: "Under other assumptions",
        listingCaption: "The prior one bit higher or lower, and each kind of evidence left out.",
        listingRows: Grid(["Assumption", "The group", "#Servers that join it then"], rows),
        listingSources: [Source("data/operator_bands.csv.gz")])
    ]
    return section
  }

  private var objection: Section {
    var section = Section(sectionID: "object", sectionTitle: "How to object")
    section.sectionLead = [Remedies.objection]
    return section
  }
}

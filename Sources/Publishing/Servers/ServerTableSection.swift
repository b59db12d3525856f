internal import Records

/// All servers in one table, each leading to its page.
enum ServerTableSection {
  static func section(_ facts: ReportFacts, _ index: ServerIndex) -> Section {
    var section = Section(sectionID: "servers", sectionTitle: "All servers")
    let ids = facts.allServers
    guard !ids.isEmpty else {
      section.sectionAbsence = "No table names a server."
      return section
    }
    section.sectionLead = [
      "Look for a name or address with the browser's own search, or with the field above the table "
        + "where scripts are on; headings order the rows then."
    ]
    section.listings = [
      Listing(
        listingTitle: "Servers",
        listingCaption: "\(NumberText.count(ids.count, "server")) that any scan lists, by id. The "
          + "reason code is that of the best endpoint in the last scan that has the server. A dash: unknown, "
          + "or in no group as far as is known.",
        listingRows: Grid(
          [
            "Server", "Id", "Reason code", "Verdict", "Software claimed", "Country", "Network (AS)",
            "Likely group", "#Servers of it",
          ], cells: ids.map { row($0, facts, index) }, isSortable: true),
        listingSources: [Source("data/servers.csv.gz"), Source("data/profiles.csv.gz")])
    ]
    return section
  }

  private static func row(_ id: String, _ facts: ReportFacts, _ index: ServerIndex) -> [CellText] {
    let server = facts.lastSeen[id]
    let membership = index.operators[id]
    let software = [server?.software, server?.softwareVersion].compactMap(\.self)
      .joined(separator: " ")
    return [
      facts.cell(of: id), CellText(id), CellText(server?.outcome.rawValue ?? "–"),
      CellText(index.deviation[id].map { VerdictWording.title($0.verdict) } ?? "never reached"),
      CellText(software.isEmpty ? "–" : VisibleText.show(software, limit: 30)),
      CellText(VisibleText.show(server?.geography.country ?? "–", limit: 4)),
      CellText(server?.geography.asn.map { "AS\($0)" } ?? "–"),
      membership.map {
        $0.operatorServers > 1
          ? CellText($0.operatorID, to: GroupPage.path($0.operatorID)) : CellText("–")
      } ?? CellText("–"),
      CellText(membership.map { NumberText.count($0.operatorServers) } ?? "–"),
    ]
  }
}

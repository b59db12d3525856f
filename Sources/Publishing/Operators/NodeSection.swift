import Ordering
internal import Records

/// Servers that likely have one node behind them.
enum NodeSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "nodes", sectionTitle: "One node behind several servers")
    guard let last = facts.nodes.map(\.scan).max() else {
      section.sectionAbsence = "No two servers told one state of a node in the same scan."
      return section
    }
    section.sectionLead = [
      "Servers that told the very same state of a node in one scan likely ask one node. Nodes are "
        + "rented and shared, so that this decides nothing of operators."
    ]
    let groups = Dictionary(grouping: facts.nodes.filter { $0.scan == last }, by: \.nodeID)
    let rows = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    section.listings = [
      Listing(
        listingTitle: "Nodes in scan \(last)",
        listingCaption: "With the number of strangers that were expected to tell the same state.",
        listingRows: Grid(
          [
            "Node", "#Servers", "#Expected strangers", "#Bits a pair", "State",
            "Some of the servers",
          ],
          rows.prefix(30).map { id, members in
            [
              id, NumberText.count(members.count), NumberText.value(members[0].expected),
              NumberText.decimal(members[0].bits, places: 1),
              VisibleText.show(members[0].state, limit: 80),
              members.prefix(4).map { facts.label(of: $0.serverID) }.joined(separator: ", "),
            ]
          }), listingSources: [Source("data/nodes.csv.gz")])
    ]
    return section
  }
}

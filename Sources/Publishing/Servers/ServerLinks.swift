import Ordering
internal import Records

/// What a server has in common with others, with its weights.
enum ServerLinks {
  private static let limit = 40

  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "links", sectionTitle: "What it has in common with others")
    guard page.facts.operators != nil else {
      section.sectionAbsence = "The table of likely operators is absent."
      return section
    }
    let links = (page.index.links[page.id] ?? []).sorted {
      ($1.bits, $0.serverA, $0.serverB) < ($0.bits, $1.serverA, $1.serverB)
    }
    section.sectionLead = [summary(page, links.count)]
    if let row = page.index.classes[page.id] { section.sectionLead.append(behaviour(row, page)) }
    guard !links.isEmpty else { return section }
    section.listings.append(listing(Array(links.prefix(limit)), of: links.count, page))
    return section
  }

  private static func summary(_ page: ServerPage, _ count: Int) -> String {
    if count == 0 { return "It is in no listed pair of servers that share evidence of operators." }
    return
      "It is in \(NumberText.count(count, "listed pair")). A weight is in bits, from a prior far "
      + "below zero: each bit above doubles the odds that one operator runs both. What is common "
      + "weighs little, what can be copied weighs less, and unknown values weigh nothing."
  }

  private static func behaviour(_ row: BehaviourMembership, _ page: ServerPage) -> String {
    guard let id = row.classID, let size = row.classSize else {
      return "It answered too few questions to be put in a behaviour class."
    }
    return "It answers as \(NumberText.count(size - 1, "other server")) of class \(id) do, which "
      + "tells software and not who runs it."
  }

  private static func listing(_ links: [Link], of all: Int, _ page: ServerPage) -> Listing {
    let rows = links.flatMap { link -> [[CellText]] in
      let other = link.serverA == page.id ? link.serverB : link.serverA
      return link.agreements.map { agreement in
        [
          page.facts.cell(of: other), CellText(Remedies.text(link.says)),
          CellText(NumberText.decimal(link.bits, places: 2)), CellText(agreement.rule),
          CellText(NumberText.decimal(agreement.bits, places: 2)),
          CellText(VisibleText.show(agreement.value, limit: 120)), bytes(agreement, page),
        ]
      }
    }
    return Listing(
      listingTitle: "Links",
      listingCaption: (links.count < all
        ? "The strongest \(links.count) of \(NumberText.count(all)); all are in the table. " : "")
        + "Sum: the prior and all agreements of the pair. The value is exactly what both have.",
      listingRows: Grid(
        [
          "Other server", "Says", "#Sum in bits", "Rule", "#Bits of it", "Shared value", "Bytes",
        ], cells: rows),
      listingSources: [Source("data/links.jsonl.gz")])
  }

  /// Where the shared value was said.
  private static func bytes(_ agreement: LinkAgreement, _ page: ServerPage) -> CellText {
    guard
      let said = (page.index.transcripts[page.id] ?? []).first(where: {
        $0.reason == TranscriptReference.identification
      })
    else { return CellText("see the tables") }
    return CellText("what it says of itself", to: said.target)
  }
}

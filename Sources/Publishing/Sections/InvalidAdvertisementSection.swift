/// Advertised peers that can be no public server.
enum InvalidAdvertisementSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(
      sectionID: "invalid-advertisements", sectionTitle: "Advertised but invalid")
    guard let rows = facts.invalidAdvertisements else {
      section.sectionAbsence = "The table of advertisements is absent."
      return section
    }
    guard !rows.isEmpty else {
      section.sectionAbsence = "Every peer advertised in the last scan can name a server."
      return section
    }
    section.sectionLead = [
      "\(NumberText.count(rows.count, "address and name", "pairs of address and name")) advertised "
        + "in the last scan cannot name a public server: loopback and private addresses, mostly "
        + "the artefact of a server's own hosts file. They are kept as evidence of who advertises "
        + "what, were not contacted, and never become servers."
    ]
    let reasons = Tally(rows.map { VisibleText.show($0.reason, limit: 48) })
    section.figures = [
      Figure(
        BarChart(
          id: "invalid-reasons", title: "Why they are invalid",
          rows: reasons.descending.map { ChartRow($0.word, $0.count, .failed) }
        ), caption: "Distinct pairs of address and name.",
        numbers: Grid(
          ["Reason", "#Pairs"],
          reasons.descending.map { [$0.word, NumberText.count($0.count)] }),
        sources: [Source("data/advertisements.csv.gz")])
    ]
    let shown = rows.prefix(25)
    section.listings = [
      Listing(
        listingTitle: "Examples",
        listingCaption: "The first \(shown.count) of \(NumberText.count(rows.count)), exactly as "
          + "advertised (control characters made visible).",
        listingRows: Grid(
          ["Address", "Name", "Reason", "#Sources"],
          shown.map {
            [
              VisibleText.show($0.address, limit: 64), VisibleText.show($0.host, limit: 64),
              VisibleText.show($0.reason, limit: 48), NumberText.count($0.sources),
            ]
          }), listingSources: [Source("data/advertisements.csv.gz")])
    ]
    return section
  }
}

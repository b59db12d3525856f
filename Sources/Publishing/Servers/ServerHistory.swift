internal import Records

/// When a server was up, and what happened to it.
enum ServerHistory {
  private static let limit = 60

  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "history", sectionTitle: "History")
    let visits = page.facts.histories[page.id] ?? []
    guard !visits.isEmpty else {
      section.sectionAbsence = "No table tells its history."
      return section
    }
    if let row = page.facts.reliability[page.id] { section.sectionLead = [reliability(row)] }
    if page.facts.scans.count > 1 { section.figures = [UptimeSection.strip(visits, page)] }
    section.listings = [timeline(visits, page)]
    if let events = page.facts.events[page.id], !events.isEmpty {
      section.listings.append(happened(events))
    }
    return section
  }

  private static func reliability(_ row: ServerReliability) -> String {
    "Up in \(NumberText.count(row.scansUp)) of \(NumberText.count(row.scans, "scan")) that have it, "
      + "down in \(NumberText.count(row.scansDown)), unknown in "
      + "\(NumberText.count(row.scansUnknown)), excused in \(NumberText.count(row.scansExcused)). "
      + "Seen from few places and seldom, this is no uptime."
  }

  private static func timeline(_ visits: [ServerVisit], _ page: ServerPage) -> Listing {
    let shown = visits.suffix(limit).reversed()
    return Listing(
      listingTitle: "Scan by scan",
      listingCaption: visits.count > limit
        ? "The last \(limit) of \(NumberText.count(visits.count)), newest first."
        : "Newest first.",
      listingRows: Grid(
        ["Scan", "State", "Reason code", "Software", "#Tip height", "Changes seen", "Excused by"],
        shown.map { visit in
          [
            page.facts.scans[visit.scan].name, visit.state.rawValue, visit.outcome.rawValue,
            visit.software.map { VisibleText.show($0, limit: 40) } ?? "–",
            visit.tipHeight.map { NumberText.count($0) } ?? "–",
            visit.changes.isEmpty ? "–" : visit.changes.joined(separator: ", "),
            visit.excused?.rawValue ?? "–",
          ]
        }), listingSources: [Source("data/timelines.csv.gz")])
  }

  private static func happened(_ events: [ServerEvent]) -> Listing {
    let shown = events.suffix(limit).reversed()
    return Listing(
      listingTitle: "Events",
      listingCaption: "What was seen to change, newest first"
        + (events.count > limit
          ? "; the last \(limit) of \(NumberText.count(events.count))." : "."),
      listingRows: Grid(
        ["When (start of the hour)", "What", "Left out by"],
        shown.map { [$0.epochStart, $0.kind.rawValue, $0.excluded?.rawValue ?? "–"] }),
      listingSources: [Source("data/events.csv.gz")])
  }
}

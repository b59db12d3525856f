internal import Records

/// How each endpoint of a server was met, with the reason code and what to do.
enum ServerReach {
  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "endpoints", sectionTitle: "How it was met")
    guard let endpoints = page.facts.endpoints[page.id], !endpoints.isEmpty else {
      section.sectionAbsence = "No table tells of its endpoints."
      return section
    }
    section.sectionLead = [lastFailure(page)]
    section.listings = [
      Listing(
        listingTitle: "Endpoints",
        listingCaption: "In the last scan that has the server. Not tested is not unreachable.",
        listingRows: Grid(
          [
            "Endpoint", "Transport", "Reason code", "Means", "What to do", "#Attempts",
            "TLS version", "Certificate",
          ],
          endpoints.map { row in
            [
              VisibleText.show(place(row), limit: 80), row.transport.rawValue,
              row.outcome.rawValue, row.outcome.summary, Remedies.text(row.outcome),
              NumberText.count(row.attempts), VisibleText.show(row.tlsVersion ?? "–", limit: 20),
              row.certificateSHA256.map { String($0.prefix(16)) + "…" } ?? "–",
            ]
          }), listingSources: [Source("data/endpoints.csv.gz")])
    ]
    return section
  }

  private static func place(_ row: Endpoint) -> String {
    let host = row.host.first ?? row.address
    return host == row.address || row.address.isEmpty
      ? "\(host):\(row.port)" : "\(host):\(row.port) (\(row.address))"
  }

  private static func lastFailure(_ page: ServerPage) -> String {
    let visits = page.facts.histories[page.id] ?? []
    guard let last = visits.last(where: { $0.outcome != .answered }) else {
      return visits.isEmpty
        ? "No history tells of a failure." : "It identified itself in every scan that has it."
    }
    return "Last failure: \(last.outcome.rawValue) in scan \(page.facts.scans[last.scan].name). "
      + "\(last.outcome.summary) \(Remedies.text(last.outcome))"
      + (last.excused.map { " It is not held against the server (\($0.rawValue))." } ?? "")
  }
}

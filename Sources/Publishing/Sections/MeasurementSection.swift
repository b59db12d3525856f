import Ordering
internal import Records

/// What was measured, when and from where.
enum MeasurementSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "measurement", sectionTitle: "What was measured")
    guard !facts.scans.isEmpty else {
      section.sectionAbsence = "The dataset has no scan."
      return section
    }
    section.sectionLead = [lead(facts)]
    section.notes = otherChains(facts)
    section.notes += rejections(facts)
    if let figure = series(facts) { section.figures.append(figure) }
    section.listings.append(scans(facts))
    return section
  }

  /// What the scans are, where that is not measurements of the public network.
  static func origins(_ facts: ReportFacts) -> [Note] {
    var notes: [Note] = []
    if facts.scans.contains(where: \.isSimulated) {
      notes.append(
        Note(
          noteTitle: "A simulated network",
          noteText: "These scans met servers that the project's own test-bed runs on the loopback "
            + "interface. The numbers show that the programs work; they say nothing of the world.",
          noteStyle: "caution"))
    }
    if facts.scans.contains(where: \.isImported) {
      notes.append(
        Note(
          noteTitle: "An imported scan",
          noteText: "Taken over from somebody else's record: what that record does not say is not "
            + "tested or unknown here, and never guessed.", noteStyle: "caution"))
    }
    return notes
  }

  /// One note for each pair of networks, in the order of their names.
  private static func otherChains(_ facts: ReportFacts) -> [Note] {
    let marked = Dictionary(grouping: facts.scans.filter { $0.otherChain != nil }) { scan in
      [scan.otherChain?.asked ?? "", scan.otherChain?.told ?? ""]
    }
    return marked.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { networks, scans in
      let names = scans.prefix(3).map(\.name).joined(separator: ", ")
      let further = scans.count > 3 ? " and \(NumberText.count(scans.count - 3)) more" : ""
      return Note(
        noteTitle: "Another chain than the one that was named (other-chain)",
        noteText: "The parameters say \(networks[0]), and most servers of "
          + "\(names)\(further) that tell a genesis hash are of another network, most of them "
          + "of \(networks[1]). Nothing that depends on the chain is said of any server there. "
          + "Who meant to measure \(networks[1]) sets collect.network to \(networks[1]) in "
          + "pipeline.json and takes or imports the scan anew.", noteStyle: "caution")
    }
  }

  /// What of the records could not be read. A record of several scans tells the same in all of them.
  private static func rejections(_ facts: ReportFacts) -> [Note] {
    let rows = facts.scans.map(\.rejectedRows).max() ?? 0
    let states = Set(facts.scans.flatMap(\.rejectedStates)).sorted()
    var notes: [Note] = []
    if rows > 0 {
      notes.append(
        Note(
          noteTitle: "Rows left out",
          noteText: "\(NumberText.count(rows, "row")) of an imported record could not be read and "
            + "\(rows == 1 ? "is" : "are") in no number here.", noteStyle: "caution"))
    }
    if !states.isEmpty {
      let shown = states.prefix(5).map { VisibleText.show($0, limit: 120) }.joined(separator: "; ")
      notes.append(
        Note(
          noteTitle: "States left out",
          noteText: "\(NumberText.count(states.count, "state")) of a list could not be read whole: "
            + shown + (states.count > 5 ? "; and others." : "."), noteStyle: "caution"))
    }
    return notes
  }

  private static func lead(_ facts: ReportFacts) -> String {
    let vantages = Array(Set(facts.scans.compactMap(\.vantage))).sorted()
    let place =
      vantages.isEmpty
      ? "from a vantage point that was not recorded"
      : "from \(NumberText.count(vantages.count, "vantage point")) "
        + "(\(vantages.map { VisibleText.show($0, limit: 40) }.joined(separator: ", ")))"
    let routes = Set(facts.scans.flatMap(\.routes)).sorted()
    let reach =
      routes.isEmpty
      ? ""
      : " with a route to \(routes.map { AddressFamily(rawValue: $0)?.title ?? $0 }.joined(separator: ", "))"
    return "\(NumberText.count(facts.scans.count, "scan")) \(place)\(reach). A scan starts at a "
      + "public list of servers and follows the peers that servers advertise; each endpoint is "
      + "asked politely, once or a few times. One vantage point sees one path: a server that did "
      + "not answer here may have answered elsewhere."
  }

  private static func series(_ facts: ReportFacts) -> Figure? {
    let columns = facts.scans.compactMap { scan -> ChartRow? in
      guard let endpoints = scan.endpoints else { return nil }
      var sum: [Outcome: Int] = [:]
      for outcomes in endpoints.values { sum.merge(outcomes, uniquingKeysWith: +) }
      return ChartRow(scan.minute ?? scan.name, OutcomeGroup.segments(sum))
    }
    guard columns.count > 1 else { return nil }
    // Every scan has a column, or the events would stand under the wrong ones.
    let events = columns.count == facts.scans.count ? SeriesEvents.track(facts) : .none
    let chart = ColumnChart(
      id: "series", title: "Endpoints, scan by scan", columns: columns, events: events)
    return Figure(
      chart,
      caption: "Each column is one scan; its height is the endpoints listed."
        + SeriesEvents.caption(events),
      legend: OutcomeGroup.legend,
      numbers: Grid(
        ["Scan"] + OutcomeGroup.allCases.map { "#" + $0.label },
        columns.map { [$0.label] + $0.segments.map { NumberText.count($0.count) } }),
      sources: [Source("data/endpoints.csv.gz")], isWide: true)
  }

  /// `2025-11-22 17:35:09Z`: the exact time stands in the table.
  private static func second(_ time: String) -> String {
    time.prefix(10) + " " + time.dropFirst(11).prefix(8) + "Z"
  }

  private static func scans(_ facts: ReportFacts) -> Listing {
    func number(_ value: Int?) -> String { value.map { NumberText.count($0) } ?? "–" }
    return Listing(
      listingTitle: "Scans",
      listingCaption:
        "Times are UTC, from the manifests of the raw evidence. A complete crawl tried all "
        + "that it heard of, within its rules of conduct. Reached: a "
        + "connection (and TLS, where offered) was established. Answered: the server identified "
        + "itself.",
      listingRows: Grid(
        [
          "Scan", "Started", "Ended", "Vantage", "Crawl", "#Endpoints", "#Tested", "#Reached",
          "#Answered", "#Servers", "#Servers answered",
        ],
        facts.scans.map { scan in
          let known = scan.endpoints != nil
          return [
            scan.name, scan.startedAt.map(second) ?? "not recorded",
            scan.finishedAt.map(second) ?? "not recorded",
            scan.vantage.map { VisibleText.show($0, limit: 40) } ?? "not recorded",
            scan.completeness,
            known ? NumberText.count(scan.endpointCount { _ in true }) : "–",
            known ? NumberText.count(scan.endpointCount(where: \.isTested)) : "–",
            known ? NumberText.count(scan.endpointCount(where: \.isReached)) : "–",
            known ? NumberText.count(scan.endpointCount { $0 == .answered }) : "–",
            number(scan.servers?.listed), number(scan.servers?.answered),
          ]
        }), listingSources: [Source("data/endpoints.csv.gz"), Source("data/servers.csv.gz")])
  }
}

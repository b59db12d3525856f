internal import Records

/// The four groups of outcomes that a reader can tell apart at a glance.
enum OutcomeGroup: CaseIterable {
  case answered
  case reached
  case unreached
  case untested

  init(_ outcome: Outcome) {
    if outcome == .answered {
      self = .answered
    } else if outcome.isReached {
      self = .reached
    } else {
      self = outcome.isTested ? .unreached : .untested
    }
  }

  var label: String {
    switch self {
    case .answered: "answered"
    case .reached: "reached, did not identify itself"
    case .unreached: "tried, not reached"
    case .untested: "not tested"
    }
  }

  var tone: Tone {
    switch self {
    case .answered: .answered
    case .reached: .partial
    case .unreached: .failed
    case .untested: .untested
    }
  }

  static var legend: [LegendEntry] { allCases.map { LegendEntry($0.label, $0.tone.style) } }

  /// Counts by outcome, as parts of one bar.
  static func segments(_ counts: [Outcome: Int]) -> [Segment] {
    allCases.map { group in
      let count = counts.reduce(0) { $0 + (OutcomeGroup($1.key) == group ? $1.value : 0) }
      return Segment(label: group.label, count: count, tone: group.tone)
    }
  }
}

extension AddressFamily {
  var title: String {
    switch self {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    case .onion: "Onion (Tor)"
    case .unresolved: "Name without address"
    }
  }
}

/// Endpoints by network and outcome in the last scan.
enum ReachabilitySection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "reachability", sectionTitle: "Reachability")
    guard let scan = facts.lastScan, let endpoints = scan.endpoints, !endpoints.isEmpty else {
      section.sectionAbsence =
        "The table of endpoints is absent or empty: no scan of this dataset lists an endpoint."
      return section
    }
    section.sectionLead = [
      "Endpoints (address, port and transport) in the last scan. Not tested is not unreachable: "
        + "a grey part was never asked, mostly because the vantage point has no route there."
    ]
    section.figures = [byNetwork(endpoints), byOutcome(endpoints)]
    return section
  }

  private static func byNetwork(_ endpoints: [AddressFamily: [Outcome: Int]]) -> Figure {
    let rows = AddressFamily.allCases.compactMap { network in
      endpoints[network].map { ChartRow.first(network.title, OutcomeGroup.segments($0)) }
    }
    let chart = BarChart(
      id: "reachability-by-network", title: "Endpoints by network", rows: rows, isShareOfRow: true)
    return Figure(
      chart,
      caption: "Each bar is all endpoints of that network; the number is of those that answered.",
      legend: OutcomeGroup.legend,
      numbers: Grid(
        ["Network"] + OutcomeGroup.allCases.map { "#" + $0.label } + ["#all"],
        rows.map { row in
          [row.label] + row.segments.map { NumberText.count($0.count) }
            + [NumberText.count(row.total)]
        }),
      sources: [Source("data/endpoints.csv.gz")])
  }

  private static func byOutcome(_ endpoints: [AddressFamily: [Outcome: Int]]) -> Figure {
    let networks = AddressFamily.allCases.filter { endpoints[$0] != nil }
    let outcomes = Outcome.allCases.map { outcome in
      (outcome, networks.map { endpoints[$0]?[outcome] ?? 0 })
    }.filter { $0.1.contains { $0 > 0 } }
    let rows = outcomes.map { outcome, counts in
      ChartRow(outcome.rawValue, counts.reduce(0, +), OutcomeGroup(outcome).tone)
    }
    let chart = BarChart(
      id: "reachability-by-outcome", title: "Endpoints by outcome", rows: rows)
    return Figure(
      chart,
      caption: "The closed list of outcome codes is in the data dictionary.",
      numbers: Grid(
        ["Outcome", "Meaning"] + networks.map { "#" + $0.title },
        outcomes.map { outcome, counts in
          [outcome.rawValue, outcome.summary] + counts.map { NumberText.count($0) }
        }),
      sources: [Source("data/endpoints.csv.gz")])
  }
}

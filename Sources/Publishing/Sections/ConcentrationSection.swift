internal import Records

/// How much of the network few units hold, as `score` derived it.
enum ConcentrationSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "concentration", sectionTitle: "Concentration")
    guard let rows = facts.concentration, !rows.isEmpty else {
      section.sectionAbsence = "The table of concentration is absent or empty."
      return section
    }
    section.sectionLead = [
      "How unevenly servers are spread over operators, networks, countries and software. Counted are "
        + "servers that were reached in any scan; or the sessions of simulated wallets, by the main "
        + "server they have (exposure): servers are not users. Units that are not known are left out, "
        + "and their part is stated."
    ]
    for index in ["cr_1", "hhi"] {
      if let figure = figure(index, rows) { section.figures.append(figure) }
    }
    section.listings = [table(rows)]
    return section
  }

  /// Units in the order in which a reader meets them.
  private static let units: [(id: String, name: String)] = [
    ("operator", "likely operator"), ("operator.identity", "one identity"),
    ("operator.declared", "declared operator"), ("operator.cohort", "deployed alike"),
    ("as", "network (AS)"), ("hoster", "hoster"), ("backend", "node behind"),
    ("country", "country"), ("software", "software"),
  ]

  private static func unitName(_ unit: String) -> String {
    units.first { $0.id == unit }?.name ?? unit
  }

  private static func place(_ unit: String) -> Int {
    units.firstIndex { $0.id == unit } ?? units.count
  }

  private static func weightingName(_ weighting: String) -> String {
    switch weighting {
    case "server": "servers"
    case "endpoint": "endpoints"
    case "exposure": "wallets' sessions"
    default:
      weighting.hasPrefix(ConcentrationIndex.listPrefix)
        ? "servers of the list "
          + VisibleText.show(
            String(weighting.dropFirst(ConcentrationIndex.listPrefix.count)), limit: 30)
        : weighting
    }
  }

  private static func title(_ index: String) -> String {
    switch index {
    case "hhi": "Herfindahl–Hirschman index"
    case "hhi_unbiased": "the same, unbiased"
    case "cr_1": "share of the largest"
    case "cr_3": "share of the largest 3"
    case "cr_5": "share of the largest 5"
    case "cr_10": "share of the largest 10"
    case "gini": "Gini coefficient"
    case "effective_number": "effective number (1 / HHI)"
    case "shannon_number": "effective number (Shannon)"
    case "nakamoto_33": "fewest that hold over 33 %"
    case "nakamoto_50": "fewest that hold over 50 %"
    default: index
    }
  }

  private static func caption(_ index: String) -> String {
    switch index {
    case "hhi": "Chance that two draws fall in one unit: 1 is one owner of all."
    case "cr_1": "Part of all that the largest unit holds."
    default: ""
    }
  }

  private static func figure(_ index: String, _ rows: [ConcentrationIndex]) -> Figure? {
    let drawn = rows.filter {
      $0.index == index && $0.value != nil && ["server", "exposure"].contains($0.weighting)
    }.sorted { (place($0.unit), $1.weighting) < (place($1.unit), $0.weighting) }
    let marks = drawn.compactMap { row in
      row.value.map { value in
        IntervalChart.Row(
          label: "\(unitName(row.unit)), of \(weightingName(row.weighting))", value: value,
          low: row.low, high: row.high,
          outer: row.linkageLow.flatMap { low in row.linkageHigh.map { (low, $0) } })
      }
    }
    guard !marks.isEmpty else { return nil }
    return Figure(
      IntervalChart(
        id: "concentration-\(index)", title: title(index).withCapital, rows: marks),
      caption: caption(index)
        + " Thick: interval from drawing operators anew, which holds no error of the linkage. Thin: least "
        + "and greatest value over the ways to count operators.",
      numbers: Grid(
        ["Unit", "Counted", "#Value", "#Interval", "#Over the ways to count"],
        drawn.map {
          [
            unitName($0.unit), weightingName($0.weighting), NumberText.value($0.value),
            NumberText.range($0.low, $0.high), NumberText.range($0.linkageLow, $0.linkageHigh),
          ]
        }),
      sources: [Source("data/concentration.csv.gz")])
  }

  /// The interval, or why there is none.
  private static func interval(_ row: ConcentrationIndex) -> String {
    switch row.interval {
    case .corrected: NumberText.range(row.low, row.high)
    case .undefined: NumberText.range(nil, nil)
    case .single: "one operator"
    case .constant: "all draws equal"
    case .oneSided: "draws on one side"
    }
  }

  private static func table(_ rows: [ConcentrationIndex]) -> Listing {
    Listing(
      listingTitle: "All indices",
      listingCaption:
        "Interval: 90 %, from drawing likely operators anew, or why that tells nothing. Ways to count: least and "
        + "greatest value over the partitions into operators that the evidence allows. Unseen: the value "
        + "if the servers that Chao's estimator counts as unseen were units of their own, or of the "
        + "largest one. Unknown: the same of those whose unit is not known.",
      listingRows: Grid(
        [
          "Unit", "Counted", "Index", "#Value", "#Interval", "#Ways to count", "#Unseen",
          "#Unknown",
          "#Units", "#Counted in all", "#Unknown share",
        ],
        cells: rows.sorted {
          (place($0.unit), $1.weighting, $0.index) < (place($1.unit), $0.weighting, $1.index)
        }.map { row in
          [
            unitName(row.unit), weightingName(row.weighting), title(row.index),
            NumberText.value(row.value),
            interval(row), NumberText.range(row.linkageLow, row.linkageHigh),
            NumberText.range(row.unseenLow, row.unseenHigh),
            NumberText.range(row.unknownLow, row.unknownHigh), NumberText.count(row.units),
            NumberText.count(row.observations), NumberText.percent(row.unknownShare),
          ].map { CellText($0) }
        }, isSortable: true), listingSources: [Source("data/concentration.csv.gz")])
  }
}

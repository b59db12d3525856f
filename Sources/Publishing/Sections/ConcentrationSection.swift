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
      "How unevenly servers are spread over operators, networks, countries and software. Bands come "
        + "from drawing operators anew; they hold no error of the linkage itself, and the truth can "
        + "lie outside. Units of unknown identity are left out of the shares, and their part is "
        + "stated. Servers are not users: which servers wallets choose is another question."
    ]
    for index in ["hhi", "cr_1"] {
      if let figure = figure(index, rows) { section.figures.append(figure) }
    }
    section.listings = [table(rows)]
    return section
  }

  private static func unitName(_ unit: String) -> String {
    switch unit {
    case "as": "network (AS)"
    case "operator": "likely operator"
    case "operator.identity": "operator, strictest"
    default: unit
    }
  }

  private static func title(_ index: String) -> String {
    switch index {
    case "hhi": "Herfindahl–Hirschman index"
    case "cr_1": "Share of the largest"
    case "gini": "Gini coefficient"
    default: index
    }
  }

  private static func caption(_ index: String) -> String {
    switch index {
    case "hhi": "Chance that two draws fall in one unit: 1 is one owner of all."
    case "cr_1": "Part of all that the largest unit holds."
    case "gini": "0: all units are equally large; near 1: few hold nearly all."
    default: ""
    }
  }

  private static func figure(_ index: String, _ rows: [ConcentrationIndex]) -> Figure? {
    let drawn = rows.filter { $0.index == index && $0.value != nil }
    let marks = drawn.compactMap { row in
      row.value.map {
        IntervalChart.Row(
          label: "\(unitName(row.unit)), \(counted(row.weighting))", value: $0, low: row.low,
          high: row.high)
      }
    }
    guard !marks.isEmpty else { return nil }
    return Figure(
      IntervalChart(id: "concentration-\(index)", title: title(index), rows: marks),
      caption: caption(index),
      numbers: Grid(
        ["Unit", "Counted", "#Value", "#Low", "#High"],
        drawn.map {
          [
            $0.unit, $0.weighting, NumberText.value($0.value), NumberText.value($0.low),
            NumberText.value($0.high),
          ]
        }),
      sources: [Source("data/concentration.csv.gz")])
  }

  private static func counted(_ weighting: String) -> String {
    let prefix = ConcentrationIndex.listPrefix
    return weighting.hasPrefix(prefix)
      ? "in the list \(weighting.dropFirst(prefix.count))" : "by \(weighting)"
  }

  /// Or why there is none.
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
      listingCaption: "Nakamoto: the fewest units that together hold more than the stated share. "
        + "Effective number: as many equal units give the same index. Interval: 90 %, by drawing likely "
        + "operators anew, or why that tells nothing. Linkage: least and greatest value "
        + "over the partitions into operators that the evidence allows. Unseen: the value if the "
        + "servers that Chao's estimator counts as unseen were units of their own or of the largest "
        + "one. Unknown: the same of those whose unit is unknown.",
      listingRows: Grid(
        [
          "Unit", "Counted", "Index", "#Value", "#Interval", "#Linkage", "#Unseen", "#Unknown",
          "#Units", "#Observations", "#Unknown share",
        ],
        cells: rows.map { row in
          [
            row.unit, row.weighting, row.index, NumberText.value(row.value),
            interval(row), NumberText.range(row.linkageLow, row.linkageHigh),
            NumberText.range(row.unseenLow, row.unseenHigh),
            NumberText.range(row.unknownLow, row.unknownHigh), NumberText.count(row.units),
            NumberText.count(row.observations), NumberText.value(row.unknownShare),
          ].map { CellText($0) }
        }, isSortable: true), listingSources: [Source("data/concentration.csv.gz")])
  }
}

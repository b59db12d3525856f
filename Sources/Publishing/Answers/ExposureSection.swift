import Ordering
internal import Records

/// What the network means for a wallet.
enum ExposureSection {
  static func sections(_ facts: ReportFacts) -> [Section] {
    [AnswerSection.section(.inference, facts), groups(facts), policies(facts)]
  }

  private static func groups(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "wallet", sectionTitle: "What it means for my wallet")
    guard let rows = facts.exposure, !rows.isEmpty else {
      section.sectionAbsence =
        "Not measured yet: no table tells how often wallets would meet the servers of a group."
      return section
    }
    section.sectionLead = [
      "A wallet's main server is told every address of the wallet; the others that it connects to "
        + "learn the address of its machine and the time. These are shares of simulated wallets that "
        + "choose servers as Electrum does, by the ways to choose. Whoever has fixed a server tells "
        + "the addresses to that one alone."
    ]
    let likely = rows.filter { $0.unit == "operator" }
    // The central assumption is simulated with the most wallets.
    let losses = likely.max { $0.wallets < $1.wallets }?.losses ?? 0
    for variant in Set(likely.map(\.variant)).sorted() {
      let shown = likely.filter { $0.variant == variant && $0.losses == losses }
        .sorted { ($1.seen30, $0.groupID) < ($0.seen30, $1.groupID) }
      if let figure = curves(variant, shown.prefix(4)) { section.figures.append(figure) }
    }
    section.listings = [table(rows.filter { $0.losses == losses && $0.unit != "server" }, losses)]
    return section
  }

  private static func curves(_ variant: String, _ rows: ArraySlice<GroupExposure>) -> Figure? {
    guard !rows.isEmpty else { return nil }
    let curves = rows.map { row in
      StepChart.Curve(
        label: row.groupID, points: [(1, row.mainFirst), (10, row.seen10), (30, row.seen30)])
    }
    return Figure(
      StepChart(
        id: "exposure-\(variant)",
        title: "A group's server is once the main one: \(title(variant))",
        horizontal: "sessions", vertical: "share of wallets", curves: curves, ceiling: 1),
      caption:
        "The four groups that see most. Share of wallets of which a server of the group was the "
        + "main one at least once, after so many sessions; told after 1, 10 and 30.",
      legend: curves.indices.map {
        LegendEntry(rows[rows.startIndex + $0].groupID, "curve-key curve-key-\($0 % 4)")
      },
      numbers: Grid(
        ["Group", "#1 session", "#10 sessions", "#30 sessions", "#Low", "#High"],
        rows.map {
          [
            $0.groupID, NumberText.value($0.mainFirst), NumberText.value($0.seen10),
            NumberText.value($0.seen30), NumberText.value($0.seen30Low),
            NumberText.value($0.seen30High),
          ]
        }), sources: [Source("data/exposure.csv.gz")])
  }

  private static func title(_ variant: String) -> String {
    switch variant {
    case "race": "the first to be ready wins"
    case "default-draw": "the one drawn from the list"
    case "fixed-server": "half of the owners have fixed one"
    case "one-server": "a fifth have fixed one and allow no other"
    default: variant
    }
  }

  private static func table(_ rows: [GroupExposure], _ losses: Int) -> Listing {
    let sorted = rows.sorted {
      ($0.unit, $0.variant, $1.seen30, $0.groupID) < ($1.unit, $1.variant, $0.seen30, $1.groupID)
    }
    return Listing(
      listingTitle: "Groups",
      listingCaption:
        "With \(NumberText.count(losses, "connection")) lost in a session; other numbers "
        + "of losses are in the table. A dash under sessions: fewer wallets were seen in all "
        + "sessions simulated.",
      listingRows: Grid(
        [
          "Group", "Unit", "Choice", "#Servers", "#In the list", "#Main, first session",
          "#Main, later", "#Connected, later", "#Within 30", "#Sessions for half",
        ],
        cells: sorted.prefix(400).map { row in
          [
            CellText(row.groupID), CellText(row.unit), CellText(row.variant),
            CellText(NumberText.count(row.servers)), CellText(NumberText.count(row.listed)),
            CellText(NumberText.value(row.mainFirst)), CellText(NumberText.value(row.mainLater)),
            CellText(NumberText.value(row.connectedLater)), CellText(NumberText.value(row.seen30)),
            CellText(row.sessions50.map { NumberText.count($0) } ?? "–"),
          ]
        }, isSortable: true), listingSources: [Source("data/exposure.csv.gz")])
  }

  private static func policies(_ facts: ReportFacts) -> Section {
    var section = Section(
      sectionID: "policies", sectionTitle: "What added servers would see, and cost")
    guard let rows = facts.sybilCost, !rows.isEmpty else {
      section.sectionAbsence =
        "Not measured yet: no table tells what servers of one owner would see under other policies."
      return section
    }
    section.sectionLead = [
      "If one owner added so many servers to the network of the last scan, this share of simulated "
        + "wallets would have one of them as main server within 30 sessions; by policy of the wallet, "
        + "and by where the servers stand. Small pictures have one scale."
    ]
    let most = max(rows.map(\.seen30).max() ?? 1, 0.05)
    section.figures = Set(rows.map(\.policy)).sorted().map { figure($0, rows, most) }
    section.listings = [table(rows)]
    return section
  }

  private static func figure(_ policy: String, _ rows: [SybilCost], _ most: Double) -> Figure {
    let here = rows.filter { $0.policy == policy }
    let placements = Set(here.map(\.placement)).sorted()
    let curves = placements.map { placement in
      StepChart.Curve(
        label: placement,
        points: [(0, 0)]
          + here.filter { $0.placement == placement }
          .sorted { $0.servers < $1.servers }.map { (Double($0.servers), $0.seen30) })
    }
    return Figure(
      StepChart(
        id: "sybil-\(policy)", title: "Policy \(policy)", horizontal: "servers added",
        vertical: "share of wallets", curves: curves, ceiling: most),
      caption: "One line a way to place the servers.",
      legend: placements.enumerated().map {
        LegendEntry($0.element, "curve-key curve-key-\($0.offset % 4)")
      },
      numbers: Grid(
        ["Placement", "#Servers", "#Within 30", "#Low", "#High", "#USD a month"],
        here.map {
          [
            $0.placement, NumberText.count($0.servers), NumberText.value($0.seen30),
            NumberText.value($0.seen30Low), NumberText.value($0.seen30High),
            price($0),
          ]
        }), sources: [Source("data/sybil_cost.csv.gz")])
  }

  private static func price(_ row: SybilCost) -> String {
    row.priceMonth == row.priceMonthHigh
      ? NumberText.value(row.priceMonth) : NumberText.range(row.priceMonth, row.priceMonthHigh)
  }

  private static func table(_ rows: [SybilCost]) -> Listing {
    Listing(
      listingTitle: "The best placement under each policy",
      listingCaption:
        "With as many servers, or as much money, nothing in the table sees more. Load: sessions in which "
        + "one of the other servers is connected, as a share of all. The price is that of addresses alone.",
      listingRows: Grid(
        [
          "Policy", "Placement", "#Servers", "#/16 prefixes", "#AS", "#USD a month", "#Main, later",
          "#Within 30", "#Load of others", "#Greatest load",
        ],
        rows.filter { $0.bestResponse || $0.bestForPrice == true }.map {
          [
            $0.policy, $0.placement, NumberText.count($0.servers), NumberText.count($0.prefixes),
            NumberText.count($0.systems), price($0),
            NumberText.value($0.mainLater), NumberText.value($0.seen30),
            NumberText.value($0.honestLoad), NumberText.value($0.honestPeak),
          ]
        }), listingSources: [Source("data/sybil_cost.csv.gz")])
  }
}

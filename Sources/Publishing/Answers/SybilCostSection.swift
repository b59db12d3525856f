internal import Records

/// What servers that one owner adds would see of wallets, and what they would cost, by policy.
enum SybilCostSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(
      sectionID: "policies", sectionTitle: "What added servers would see, and cost")
    guard let rows = facts.sybilCost, !rows.isEmpty else {
      section.sectionAbsence =
        "Not measured yet: no table tells what servers of one owner would see under other policies."
      return section
    }
    section.sectionLead = [
      "If one owner added so many servers to the network of the last scan, this share of "
        + "\(NumberText.count(rows.map(\.wallets).max() ?? 0, "simulated wallet")) would have one of them as "
        + "main server within 30 sessions: by policy of the wallet, and by where the servers stand. All "
        + "drawings have one scale."
    ]
    let most = max(rows.map(\.seen30).max() ?? 1, 0.05)
    section.figures = Set(rows.map(\.policy)).sorted(by: >).map { figure($0, rows, most) }
    section.areFiguresSmall = section.figures.count > 2
    section.listings = [table(rows)]
    return section
  }

  private static func figure(_ policy: String, _ rows: [SybilCost], _ most: Double) -> Figure {
    let here = rows.filter { $0.policy == policy && $0.servers > 0 }
    let placements = Set(here.map(\.placement)).sorted(by: >)
    let curves = placements.map { placement in
      StepChart.Curve(
        label: placement,
        points: [(0, 0)]
          + here.filter { $0.placement == placement }
          .sorted { $0.servers < $1.servers }.map { (Double($0.servers), $0.seen30) })
    }
    return Figure(
      StepChart(
        id: "sybil-\(policy)", title: ExposureWording.policy(policy).withCapital,
        horizontal: "servers added", vertical: "share of wallets", curves: curves, ceiling: most,
        width: 340),
      caption: "One line a way to place the servers.",
      legend: placements.enumerated().map {
        LegendEntry(ExposureWording.placement($0.element), curve: $0.offset)
      },
      numbers: Grid(
        ["Placement", "#Servers", "#Once", "#95 % interval", "#USD a month"],
        here.map {
          [
            ExposureWording.placement($0.placement), NumberText.count($0.servers),
            NumberText.percent($0.seen30),
            "\(NumberText.percent($0.seen30Low)) – \(NumberText.percent($0.seen30High))",
            price($0),
          ]
        }), sources: [Source("data/sybil_cost.csv.gz")])
  }

  private static func price(_ row: SybilCost) -> String {
    guard let high = row.priceMonthHigh, high != row.priceMonth else {
      return money(row.priceMonth)
    }
    return "\(money(row.priceMonth)) – \(money(high))"
  }

  private static func money(_ value: Double?) -> String {
    value.map { NumberText.count(Int($0.rounded())) } ?? "–"
  }

  private static func table(_ rows: [SybilCost]) -> Listing {
    Listing(
      listingTitle: "The best placement under each policy",
      listingCaption:
        "Placements of which none sees more with as many servers, or with as much money. The price is that "
        + "of addresses alone, by the lowest and the highest of the references. Main: share of "
        + "later sessions with one of them as main server. Once: share of wallets within 30 sessions. "
        + "Load: sessions in which one of the other servers is connected, as a share of all.",
      listingRows: Grid(
        [
          "Policy", "Placement", "#Servers", "#/16 prefixes", "#AS", "#USD a month", "#Main, later",
          "#Once", "#Load of others", "#Greatest load",
        ],
        rows.filter { $0.bestResponse || $0.bestForPrice == true }.map {
          [
            ExposureWording.policy($0.policy), ExposureWording.placement($0.placement),
            NumberText.count($0.servers), NumberText.count($0.prefixes),
            NumberText.count($0.systems), price($0), NumberText.percent($0.mainLater),
            NumberText.percent($0.seen30), NumberText.percent($0.honestLoad),
            NumberText.percent($0.honestPeak),
          ]
        }), listingSources: [Source("data/sybil_cost.csv.gz")])
  }
}

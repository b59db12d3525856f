internal import Records

/// What the network means for a wallet.
enum ExposureSection {
  static func sections(_ facts: ReportFacts) -> [Section] {
    [AnswerSection.section(.inference, facts), groups(facts), SybilCostSection.section(facts)]
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
        + "learn the address of its machine and the time. These are shares of "
        + "\(NumberText.count(rows.map(\.wallets).max() ?? 0, "simulated wallet")) that choose servers as "
        + "Electrum does. Whoever has fixed a server tells the addresses to that one alone."
    ]
    let names = GroupNames(facts)
    let likely = rows.filter { $0.unit == "operator" }
    let losses = commonLosses(likely)
    for variant in Set(likely.map(\.variant)).sorted(by: >) {
      let shown = likely.filter { $0.variant == variant && $0.losses == losses }
        .sorted { ($1.seen30, $0.groupID) < ($0.seen30, $1.groupID) }
      if let figure = curves(variant, losses, shown.prefix(4), names) {
        section.figures.append(figure)
      }
    }
    if let figure = sensitivity(likely, losses, names) { section.figures.append(figure) }
    section.areFiguresSmall = section.figures.count > 2
    section.listings = [
      table(rows.filter { $0.losses == losses && $0.unit != "server" }, losses, names)
    ]
    return section
  }

  /// The fewest losses of which every variant was simulated.
  static func commonLosses(_ rows: [GroupExposure]) -> Int {
    let byVariant = Dictionary(grouping: rows, by: \.variant).values.map { Set($0.map(\.losses)) }
    let common = byVariant.dropFirst().reduce(byVariant.first ?? []) { $0.intersection($1) }
    return common.min() ?? rows.map(\.losses).min() ?? 0
  }

  /// How the chance of the group that sees most depends on what nobody has measured.
  private static func sensitivity(
    _ rows: [GroupExposure], _ losses: Int, _ names: GroupNames
  ) -> Figure? {
    let race = rows.filter { $0.variant == "race" }
    guard
      let most = race.filter({ $0.losses == losses })
        .max(by: { ($0.seen30, $1.groupID) < ($1.seen30, $0.groupID) })
    else { return nil }
    let shown = race.filter { $0.groupID == most.groupID }.sorted { $0.losses < $1.losses }
    guard shown.count > 1 else { return nil }
    return Figure(
      StepChart(
        id: "exposure-losses", title: "How it depends on lost connections",
        horizontal: "sessions", vertical: "share of wallets",
        curves: shown.map { row in
          StepChart.Curve(
            label: "\(row.losses) lost a session",
            points: [(1, row.mainFirst), (10, row.seen10), (30, row.seen30)])
        }, ceiling: 1, width: 340),
      caption:
        "\(names.label(most.groupID)); the first to be ready wins. How many connections a wallet "
        + "loses in a session is not known.",
      legend: shown.enumerated().map { LegendEntry("\($1.losses) lost a session", curve: $0) },
      numbers: Grid(
        ["#Connections lost", "#1 session", "#10 sessions", "#30 sessions"],
        shown.map {
          [
            NumberText.count($0.losses), NumberText.percent($0.mainFirst),
            NumberText.percent($0.seen10), NumberText.percent($0.seen30),
          ]
        }), sources: [Source("data/exposure.csv.gz")])
  }

  private static func curves(
    _ variant: String, _ losses: Int, _ rows: ArraySlice<GroupExposure>, _ names: GroupNames
  ) -> Figure? {
    guard !rows.isEmpty else { return nil }
    let curves = rows.map { row in
      StepChart.Curve(
        label: row.groupID, points: [(1, row.mainFirst), (10, row.seen10), (30, row.seen30)])
    }
    return Figure(
      StepChart(
        id: "exposure-\(variant)",
        title: "Told all addresses once: \(title(variant))",
        horizontal: "sessions", vertical: "share of wallets", curves: curves, ceiling: 1,
        width: 340),
      caption:
        "The main server: \(ExposureWording.variant(variant)). The likely operators that see most, with "
        + "\(NumberText.count(losses, "connection")) lost in a session; told after 1, 10 and 30 sessions.",
      legend: rows.enumerated().map { index, row in
        LegendEntry(names.label(row.groupID), curve: index)
      },
      numbers: Grid(
        ["Group", "#1 session", "#10 sessions", "#30 sessions", "#95 % interval at 30"],
        cells: rows.map {
          [
            names.cell($0.groupID), CellText(NumberText.percent($0.mainFirst)),
            CellText(NumberText.percent($0.seen10)), CellText(NumberText.percent($0.seen30)),
            CellText(
              "\(NumberText.percent($0.seen30Low)) – \(NumberText.percent($0.seen30High))"),
          ]
        }), sources: [Source("data/exposure.csv.gz")])
  }

  private static func title(_ variant: String) -> String {
    switch variant {
    case "race": "as Electrum"
    case "default-draw": "fixed to the draw"
    case "fixed-server": "half fixed by owners"
    case "one-server": "a fifth with one alone"
    default: variant
    }
  }

  private static func table(
    _ rows: [GroupExposure], _ losses: Int, _ names: GroupNames
  ) -> Listing {
    let sorted = rows.sorted {
      ($0.unit, $1.variant, $1.seen30, $0.groupID) < ($1.unit, $0.variant, $0.seen30, $1.groupID)
    }
    let shown = sorted.prefix(400)
    return Listing(
      listingTitle: "Groups",
      listingCaption: (shown.count < sorted.count
        ? "The first \(shown.count) of \(NumberText.count(sorted.count, "row")). " : "")
        + "With \(NumberText.count(losses, "connection")) lost in a session; other numbers "
        + "of losses are in the table. Main: share of sessions with a main server of the group. "
        + "Once: share of wallets that had one within 30 sessions. A dash: fewer than half of the "
        + "wallets had one in all sessions simulated.",
      listingRows: Grid(
        [
          "Group", "Counted as", "Main server", "#Servers", "#In the list", "#Main, first session",
          "#Main, later", "#Connected, later", "#Once", "#Sessions for half",
        ],
        cells: shown.map { row in
          [
            names.cell(row.groupID), CellText(ExposureWording.unit(row.unit)),
            CellText(row.variant), CellText(NumberText.count(row.servers)),
            CellText(NumberText.count(row.listed)),
            CellText(NumberText.percent(row.mainFirst)),
            CellText(NumberText.percent(row.mainLater)),
            CellText(NumberText.percent(row.connectedLater)),
            CellText(NumberText.percent(row.seen30)),
            CellText(row.sessions50.map { NumberText.count($0) } ?? "–"),
          ]
        }, isSortable: true), listingSources: [Source("data/exposure.csv.gz")])
  }
}

/// How a group is called where it has no name: by its identifier and some of its servers.
struct GroupNames {
  private var labels: [String: String] = [:]
  private var pages: Set<String> = []

  init(_ facts: ReportFacts) {
    for row in facts.operators ?? [] {
      for id in Set([row.operatorID, row.declaredID, row.cohortID ?? row.operatorID]) {
        labels[id] =
          labels[id] ?? "\(id) (\(VisibleText.show(facts.label(of: row.serverID), limit: 30)) …)"
      }
      if row.operatorServers > 1 { pages.insert(row.operatorID) }
    }
    for row in facts.operators ?? [] where row.operatorServers == 1 {
      labels[row.operatorID] =
        "\(row.operatorID) (\(VisibleText.show(facts.label(of: row.serverID), limit: 30)))"
    }
  }

  func label(_ id: String) -> String { labels[id] ?? id }

  /// A cell that leads to the group's page, where it has one.
  func cell(_ id: String) -> CellText {
    CellText(label(id), to: pages.contains(id) ? GroupPage.path(id) : nil)
  }
}

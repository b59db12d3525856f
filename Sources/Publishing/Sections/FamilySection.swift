internal import Records

/// Families of behaviour classes, how near they are, and classes that stand apart.
enum FamilySection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "families", sectionTitle: "Families and outliers")
    guard !facts.families.isEmpty || !facts.outliers.isEmpty else {
      section.sectionAbsence = "No class is near another, and none stands apart."
      return section
    }
    section.sectionLead = [
      "A family is of classes that differ in little. Its stability is how often it comes back when a "
        + "fifth of servers and probes is left out. An outlier answers unlike all near it: often a "
        + "rare program or a proxy."
    ]
    let names = ClassNames(facts)
    if let tree = tree(facts, names) { section.figures = [tree] }
    if !facts.families.isEmpty { section.listings.append(families(facts, names)) }
    if !facts.outliers.isEmpty { section.listings.append(outliers(facts, names)) }
    return section
  }

  /// Each family joined to the one nearest to it.
  private static func tree(_ facts: ReportFacts, _ names: ClassNames) -> Figure? {
    let places = Dictionary(
      facts.families.enumerated().map { ($1.familyID, $0) }, uniquingKeysWith: { first, _ in first }
    )
    let joins = facts.families.enumerated().compactMap { place, row -> DendrogramChart.Join? in
      guard let nearest = row.nearestFamily.flatMap({ places[$0] }),
        let distance = row.nearestDistance
      else { return nil }
      return .init(first: place, second: nearest, value: distance)
    }.sorted { ($0.value, $0.first) < ($1.value, $1.first) }
    guard facts.families.count > 2, !joins.isEmpty else { return nil }
    let chart = DendrogramChart(
      id: "family-tree", title: "Which families answer most alike", axis: "distance",
      leaves: facts.families.map { row in
        "\(names.software(of: row.classes.first ?? "")) \(row.familyID.prefix(8)) ×"
          + NumberText.count(row.servers)
      }, joins: joins, isWeight: false)
    return Figure(
      chart,
      caption:
        "Families by the software that most of them claim, each joined to the one nearest to it; the "
        + "further to the left, the more alike. Distances from one tree to another are not in the table.",
      numbers: chart.numbers, sources: [Source("data/behaviour_families.jsonl.gz")], isWide: true)
  }

  private static func families(_ facts: ReportFacts, _ names: ClassNames) -> Listing {
    let traits = Dictionary(grouping: facts.traits, by: \.familyID)
    return Listing(
      listingTitle: "Families", listingCaption: "With the answers that tell each from the rest.",
      listingRows: Grid(
        [
          "Family", "Software claimed", "#Classes", "#Servers", "Stability", "Nearest", "#Distance",
          "Told by",
        ],
        facts.families.map { row in
          [
            row.familyID, names.software(of: row.classes.first ?? ""),
            NumberText.count(row.classes.count), NumberText.count(row.servers),
            row.stability?.rawValue ?? "not known", row.nearestFamily ?? "–",
            NumberText.value(row.nearestDistance),
            (traits[row.familyID] ?? []).prefix(4).map(\.probe).joined(separator: ", "),
          ]
        }),
      listingSources: [
        Source("data/behaviour_families.jsonl.gz"), Source("data/behaviour_traits.csv.gz"),
      ])
  }

  private static func outliers(_ facts: ReportFacts, _ names: ClassNames) -> Listing {
    Listing(
      listingTitle: "Classes that stand apart",
      listingCaption: "Score: 0 as dense as the densest near it, towards 1 the further apart.",
      listingRows: Grid(
        [
          "Server", "Class", "Software claimed", "#Servers", "#Score", "Nearest class",
          "Differs on",
        ],
        cells: facts.outliers.sorted { ($1.score, $0.classID) < ($0.score, $1.classID) }
          .prefix(40).map { row in
            [
              row.servers.first.map(facts.cell) ?? CellText("–"), CellText(row.classID),
              CellText(names.software(of: row.classID)),
              CellText(NumberText.count(row.servers.count)), CellText(NumberText.value(row.score)),
              CellText(row.nearestClass.map { "\($0) (\(names.software(of: $0)))" } ?? "–"),
              CellText(differences(row)),
            ]
          }), listingSources: [Source("data/behaviour_outliers.jsonl.gz")])
  }

  private static func differences(_ row: BehaviourOutlier) -> String {
    let count = row.differingProbes.count
    if count > 6, count == row.sharedProbes { return "all \(count) probes that both answered" }
    return row.differingProbes.prefix(6).joined(separator: ", ")
      + (count > 6 ? " and \(NumberText.count(count - 6)) more" : "")
  }
}

/// What most servers of a behaviour class claim to run.
struct ClassNames {
  private var tallies: [String: Tally] = [:]

  init(_ facts: ReportFacts) {
    var software: [String: String] = [:]
    for profile in facts.profiles ?? [] {
      guard let name = profile.features.text(.software) else { continue }
      software[profile.serverID] = [name, profile.features.text(.softwareVersion)]
        .compactMap(\.self).joined(separator: " ")
    }
    for row in facts.behaviour ?? [] {
      guard let id = row.classID else { continue }
      tallies[id, default: Tally()].add(
        VisibleText.show(software[row.serverID] ?? "unknown software", limit: 40))
    }
  }

  /// The most frequent claim.
  func software(of id: String) -> String {
    tallies[id]?.descending.first?.word ?? "unknown software"
  }

  /// Up to three claims with their counts.
  func composition(of id: String) -> String {
    (tallies[id]?.top(3).entries ?? []).map { "\($0.word) ×\($0.count)" }.joined(separator: ", ")
  }
}

import Ordering
internal import Records

/// Counts of units in the partitions that the evidence allows, side by side with their band.
enum PartitionSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "partitions", sectionTitle: "Four ways to count")
    let rows = reached(facts)
    guard !rows.isEmpty else {
      section.sectionAbsence = "The table of likely operators is absent or empty."
      return section
    }
    section.sectionLead = [
      "Counted in all figures here: \(NumberText.count(rows.count, "server")) reached in any scan; of one "
        + "never reached nothing is known that could join it. " + OperatorWording.upperBound
    ]
    if let note = cohort(facts) { section.notes.append(note) }
    section.figures = [shares(rows), counts(rows)]
    section.figures += band(facts).map { [$0] } ?? []
    section.listings = [DetectionLimit.listing]
    return section
  }

  /// Memberships of servers that were reached in any scan; of all where no table tells it.
  static func reached(_ facts: ReportFacts) -> [OperatorMembership] {
    let rows = facts.operators ?? []
    let reached = facts.reachedServers
    return reached.isEmpty ? rows : rows.filter { reached.contains($0.serverID) }
  }

  private struct Partition {
    let name: String
    let says: String
    let id: @Sendable (OperatorMembership) -> String
  }

  private static let partitions: [Partition] = [
    Partition(
      name: "one identity", says: "joined by evidence that no stranger can copy",
      id: { $0.identityID }),
    Partition(
      name: "likely one operator", says: "joined by the weight of all operator evidence",
      id: { $0.operatorID }),
    Partition(
      name: "declared", says: "joined by what servers say of themselves, too",
      id: { $0.declaredID }),
    Partition(
      name: "deployed alike", says: "likely operators of one recipe counted as one",
      id: { $0.cohortID ?? $0.operatorID }),
  ]

  private static func tally(_ rows: [OperatorMembership], _ partition: Partition) -> Tally {
    Tally(rows.map(partition.id))
  }

  private static func shares(_ rows: [OperatorMembership]) -> Figure {
    let bars = partitions.map { partition -> ChartRow in
      let all = tally(rows, partition)
      let top = all.descending.first?.count ?? 0
      let largest = top > 1 ? top : 0
      let value =
        largest > 0
        ? "largest \(NumberText.count(largest)) of \(NumberText.count(all.total))"
        : "none of several"
      return ChartRow(
        partition.name,
        [
          Segment(label: "largest unit", count: largest, tone: .statistical),
          Segment(label: "other units of several", count: several(all) - largest, tone: .plain),
          Segment(label: "units of one server", count: all.total - several(all), tone: .untested),
        ], value: value)
    }
    return Figure(
      BarChart(
        id: "partition-shares", title: "Servers by size of their unit", rows: bars,
        isShareOfRow: true),
      caption:
        "The same servers counted in four ways: how many are in the largest unit, in others of "
        + "several servers, and alone as far as is known.",
      legend: [
        LegendEntry("largest unit", Tone.statistical.style),
        LegendEntry("other units of several servers", Tone.plain.style),
        LegendEntry("alone, as far as is known", Tone.untested.style),
      ],
      numbers: Grid(
        ["Way", "Says", "#Largest", "#Others of several", "#Alone"],
        zip(partitions, bars).map { partition, bar in
          [partition.name, partition.says] + bar.segments.map { NumberText.count($0.count) }
        }), sources: [Source("data/operators.csv.gz"), Source("data/profiles.csv.gz")], isWide: true
    )
  }

  private static func several(_ tally: Tally) -> Int {
    tally.descending.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
  }

  private static func counts(_ rows: [OperatorMembership]) -> Figure {
    let bars = partitions.map { ChartRow($0.name, tally(rows, $0).descending.count) }
    return Figure(
      BarChart(id: "partition-counts", title: "Units in each way of counting", rows: bars),
      caption:
        "Of \(NumberText.count(rows.count, "reached server")). Units, not operators: an upper "
        + "bound on independent ones as far as nobody hides; see the detection limit below.",
      numbers: Grid(
        ["Way", "Says", "#Units"],
        zip(partitions, bars).map { [$0.name, $0.says, NumberText.count($1.total)] }),
      sources: [Source("data/operators.csv.gz"), Source("data/profiles.csv.gz")])
  }

  /// What a variant assumes, in words.
  static func words(variant: String) -> String {
    switch variant {
    case "prior+1": "prior one bit higher"
    case "prior-1": "prior one bit lower"
    default:
      variant.hasPrefix("without-")
        ? "without evidence by \(variant.dropFirst(8))" : variant
    }
  }

  private static func band(_ facts: ReportFacts) -> Figure? {
    guard !facts.bands.isEmpty else { return nil }
    let sorted = facts.bands.sorted { $0.key < $1.key }
    let bars = sorted.map { ChartRow(words(variant: $0.key), Set($0.value.values).count) }
    let counted = facts.bands.values.map(\.count).max() ?? 0
    return Figure(
      BarChart(
        id: "partition-band", title: "Likely units under other assumptions", rows: bars),
      caption:
        "How far the count of likely units rests on judgement: the prior moved, and each kind of "
        + "evidence left out. Of the \(NumberText.count(counted, "server")) of which anything was said.",
      numbers: Grid(
        ["Assumption", "Variant", "#Units"],
        zip(sorted, bars).map { [$1.label, $0.key, NumberText.count($1.total)] }),
      sources: [Source("data/operator_bands.csv.gz")])
  }

  /// True where one recipe has a fifth of the servers, and more than twice as many as any likely
  /// operator: then a count of operators misleads.
  static func isMostlyAlike(_ facts: ReportFacts) -> Bool {
    let rows = reached(facts)
    let alike = facts.recipes.map(\.servers.count).max() ?? 0
    let largest = Tally(rows.map(\.operatorID)).descending.first?.count ?? 0
    return alike > 2 && alike * 5 >= rows.count && alike > 2 * largest
  }

  /// Where many servers are deployed alike, that stands before any count.
  static func cohort(_ facts: ReportFacts) -> Note? {
    guard let largest = facts.recipes.max(by: { $0.servers.count < $1.servers.count }),
      largest.servers.count > 2
    else { return nil }
    let base = reached(facts).count
    return Note(
      noteTitle: "Deployed alike",
      noteText:
        "\(NumberText.count(largest.servers.count)) of \(NumberText.count(base, "reached server")) "
        + "are deployed alike (recipe \(largest.recipeID)). \(OperatorWording.alike)",
      noteStyle: "caution")
  }
}

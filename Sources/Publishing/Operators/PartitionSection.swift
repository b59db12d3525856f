import Ordering
internal import Records

/// Counts of units in the partitions that the evidence allows, side by side with their band.
enum PartitionSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "partitions", sectionTitle: "Four ways to count")
    guard let rows = facts.operators, !rows.isEmpty else {
      section.sectionAbsence = "The table of likely operators is absent or empty."
      return section
    }
    section.sectionLead = [OperatorWording.upperBound]
    if let note = cohort(facts) { section.notes.append(note) }
    section.figures = [shares(rows), counts(rows, facts)]
    section.figures += band(facts).map { [$0] } ?? []
    return section
  }

  private struct Partition {
    let name: String
    let says: String
    let id: @Sendable (OperatorMembership) -> String?
  }

  private static let partitions: [Partition] = [
    Partition(
      name: "identity", says: "one identity: evidence that no stranger can copy",
      id: { $0.identityID }),
    Partition(
      name: "likely", says: "the weight of all operator evidence joins them", id: { $0.operatorID }
    ),
    Partition(
      name: "declared", says: "joined by what servers say of themselves, too",
      id: { $0.declaredID }),
    Partition(
      name: "deployed alike", says: "servers of one recipe counted as one, of those that answered",
      id: { $0.cohortID }),
  ]

  private static func tally(_ rows: [OperatorMembership], _ partition: Partition) -> Tally {
    Tally(rows.compactMap(partition.id))
  }

  private static func shares(_ rows: [OperatorMembership]) -> Figure {
    let bars = partitions.map { partition -> ChartRow in
      let all = tally(rows, partition)
      let largest = all.descending.first?.count ?? 0
      return ChartRow(
        partition.name,
        [
          Segment(label: "largest unit", count: largest, tone: .statistical),
          Segment(label: "other units of several", count: several(all) - largest, tone: .plain),
          Segment(label: "units of one server", count: all.total - several(all), tone: .untested),
        ], value: "largest \(NumberText.share(largest, of: all.total))")
    }
    return Figure(
      BarChart(
        id: "partition-shares", title: "Servers by size of their unit", rows: bars,
        isShareOfRow: true),
      caption:
        "The same servers counted in four ways: how many are in the largest unit, in others of "
        + "several servers, and alone.",
      legend: [
        LegendEntry("largest unit", Tone.statistical.style),
        LegendEntry("other units of several servers", Tone.plain.style),
        LegendEntry("alone, as far as is known", Tone.untested.style),
      ],
      numbers: Grid(
        ["Way", "Says", "#Largest", "#Others of several", "#Alone"],
        zip(partitions, bars).map { partition, bar in
          [partition.name, partition.says] + bar.segments.map { NumberText.count($0.count) }
        }), sources: [Source("data/operators.csv.gz")], isWide: true)
  }

  private static func several(_ tally: Tally) -> Int {
    tally.descending.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
  }

  private static func counts(_ rows: [OperatorMembership], _ facts: ReportFacts) -> Figure {
    let bars = partitions.map { ChartRow($0.name, tally(rows, $0).descending.count) }
    return Figure(
      BarChart(id: "partition-counts", title: "Units in each way of counting", rows: bars),
      caption: "Units, not operators: each is an upper bound on independent ones as far as nobody "
        + "hides, and says nothing of those who do.",
      numbers: Grid(
        ["Way", "Says", "#Units"],
        zip(partitions, bars).map { [$0.name, $0.says, NumberText.count($1.total)] }),
      sources: [Source("data/operators.csv.gz"), Source("data/quality.csv.gz")])
  }

  private static func band(_ facts: ReportFacts) -> Figure? {
    guard !facts.bands.isEmpty else { return nil }
    let bars = facts.bands.sorted { $0.key < $1.key }.map {
      ChartRow($0.key, Set($0.value.values).count)
    }
    return Figure(
      BarChart(id: "partition-band", title: "Likely operators under other assumptions", rows: bars),
      caption: "How far the count of likely units rests on judgement: the prior one bit higher or "
        + "lower, and each kind of evidence left out. Counted over the servers of the table.",
      numbers: Grid(
        ["Assumption", "#Units"], bars.map { [$0.label, NumberText.count($0.total)] }),
      sources: [Source("data/operator_bands.csv.gz")])
  }

  /// Where many servers are deployed alike, that stands before any count.
  static func cohort(_ facts: ReportFacts) -> Note? {
    guard let largest = facts.recipes.max(by: { $0.servers.count < $1.servers.count }),
      let rows = facts.operators
    else { return nil }
    let answered = rows.count { $0.cohortID != nil }
    guard largest.servers.count > 2 else { return nil }
    return Note(
      noteTitle: "Deployed alike",
      noteText:
        "\(NumberText.count(largest.servers.count)) of \(NumberText.count(answered, "server")) "
        + "that answered are deployed alike (recipe \(largest.recipeID)). \(OperatorWording.alike)",
      noteStyle: "caution")
  }
}

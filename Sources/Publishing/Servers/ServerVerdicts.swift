internal import Records

/// Every indicator of a server with its reason code, the remedy and the way to the bytes.
enum ServerVerdicts {
  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "verdicts", sectionTitle: "What was checked")
    guard let rows = page.index.indicators[page.id], !rows.isEmpty else {
      section.sectionAbsence = "The server was never reached, so nothing could be checked."
      return section
    }
    let fired = rows.filter { $0.status == .fired }
    section.sectionLead = [lead(page, fired: fired.count, of: rows.count)]
    if !fired.isEmpty { section.listings.append(seen(fired, page)) }
    section.listings.append(others(rows.filter { $0.status != .fired }, page))
    if let rows = page.index.sensitivity[page.id], !rows.isEmpty {
      section.listings.append(sensitivity(rows))
    }
    return section
  }

  private static func lead(_ page: ServerPage, fired: Int, of all: Int) -> String {
    var text = fired == 0 ? "None of the deviations that were looked for was seen. " : ""
    guard let row = page.index.deviation[page.id] else { return text }
    if let score = row.score {
      text += "Deviation score \(NumberText.value(score)), from "
      text +=
        "\(NumberText.count(row.evaluated)) of \(NumberText.count(all, "indicator")); the others "
      text +=
        "could not be evaluated. It is calibrated on simulation and no probability of intent. "
    }
    text += "Of what these scans can show of a server, \(NumberText.percent(row.coverage)) was seen"
    return text
      + (row.coverage < 1 ? "; the rest is unknown and counts neither for nor against." : ".")
  }

  private static func seen(_ fired: [Indicator], _ page: ServerPage) -> Listing {
    let rows = fired.map { row -> [CellText] in
      let transcripts = page.index.transcripts[page.id] ?? []
      let first = transcripts.first { $0.reason == row.indicator }
      let isImported = !row.scans.isEmpty && row.scans.allSatisfy(page.index.imported.contains)
      return [
        CellText(row.indicator), CellText(page.facts.statement(of: row.indicator)),
        CellText(row.verdictClass.rawValue), CellText(row.grade?.rawValue ?? "–"),
        CellText(VisibleText.show(row.evidence ?? "–", limit: 300)),
        first.map { CellText("exchanges", to: $0.target) }
          ?? CellText(isImported ? "imported: no bytes exist" : "none kept"),
        CellText(Remedies.text(group: page.index.groups[row.indicator] ?? "")),
      ]
    }
    return Listing(
      listingTitle: "Seen",
      listingCaption: "Each with its reason code (permanent id), what kind of statement it is, and "
        + "what the operator can do. A statement of kind proved is shown by the bytes; of kind "
        + "statistical it can be wrong for any single server; descriptive makes no claim.",
      listingRows: Grid(
        [
          "Reason code", "Says", "Kind", "Grade", "What was observed", "Bytes", "What to do",
        ], cells: rows),
      listingSources: [
        Source("data/indicators.csv.gz"), Source("data/indicator_evidence.csv.gz"),
      ])
  }

  private static func others(_ rows: [Indicator], _ page: ServerPage) -> Listing {
    Listing(
      listingTitle: "Not seen, or not known",
      listingCaption: "passed: looked for and not seen. unknown, not-measured: see why.",
      listingRows: Grid(
        ["Reason code", "Says", "State", "Why", "#Observations"],
        rows.map {
          [
            $0.indicator, page.facts.statement(of: $0.indicator), $0.status.rawValue,
            $0.unknownReason.map(Remedies.text) ?? "–", NumberText.count($0.observations),
          ]
        }), listingSources: [Source("data/indicators.csv.gz")])
  }

  private static func sensitivity(_ rows: [ScoreSensitivityRow]) -> Listing {
    Listing(
      listingTitle: "How far the score rests on judgement",
      listingCaption: "The score with one assumption moved at a time.",
      listingRows: Grid(
        ["Assumption", "#Low", "#Score then", "#High", "#Score then"],
        rows.map {
          [
            $0.assumption, NumberText.value($0.low), NumberText.value($0.scoreAtLow),
            NumberText.value($0.high), NumberText.value($0.scoreAtHigh),
          ]
        }), listingSources: [Source("data/sensitivity.csv.gz")])
  }
}

internal import Records

/// Every answer of one question.
enum AnswerSection {
  static func section(_ question: ResearchQuestion, _ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "answer", sectionTitle: "In short")
    let rows = (facts.answers ?? []).filter { $0.question == question }
    guard !rows.isEmpty else {
      section.sectionAbsence = "No table of the package answers the question yet."
      return section
    }
    section.sectionLead = rows.map(\.claim)
    section.listings = [
      Listing(
        listingTitle: "What the answers rest on", listingCaption: question.text,
        listingRows: Grid(
          [
            "Quantity", "#Value", "#Low", "#High", "The interval holds", "#Count", "#Of",
            "Evidence",
            "Does not show",
          ],
          rows.map { row in
            [
              row.quantity, NumberText.value(row.value), NumberText.value(row.low),
              NumberText.value(row.high), row.interval ?? "–",
              row.count.map { NumberText.count($0) } ?? "–",
              row.denominator.map { NumberText.count($0) } ?? "–", AnswerCard.words(row.evidence),
              VisibleText.show(row.notShown, limit: 400),
            ]
          }), listingSources: [Source("data/answers.csv.gz")])
    ]
    return section
  }
}

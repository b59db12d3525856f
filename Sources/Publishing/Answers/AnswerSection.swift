internal import Records

/// Every answer of one question.
enum AnswerSection {
  static func section(
    _ question: ResearchQuestion, _ facts: ReportFacts, id: String = "answer",
    title: String = "In short"
  ) -> Section {
    var section = Section(sectionID: id, sectionTitle: title)
    let rows = (facts.answers ?? []).filter { $0.question == question }
    guard !rows.isEmpty else {
      section.sectionAbsence = "No table of the package answers the question yet."
      return section
    }
    section.sectionLead = [question.text]
    let measured = rows.filter { $0.evidence != .notMeasured || $0.quantity.isEmpty }
    section.cards = measured.map { AnswerCard($0, paths: facts.tablePaths) }
    let missing = rows.filter { $0.evidence == .notMeasured && !$0.quantity.isEmpty }
    if !missing.isEmpty {
      section.sectionAbsence =
        "Not measured yet: " + missing.map(\.quantity).joined(separator: "; ") + "."
    }
    return section
  }
}

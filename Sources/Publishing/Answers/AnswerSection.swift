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

import Ordering
internal import Records

/// One research question as the first screen shows it: the answer of the table, or that there is none.
struct AnswerCard {
  let question: String
  let finding: String
  /// Number, interval, of how many, when, by what kind of evidence: leads to the rows.
  let standing: [Standing]
  let limit: String
  let moreTarget: String
  let moreText: String

  struct Standing {
    let standingText: String
    let standingTarget: String
  }

  /// One card a question, the first answer of each.
  /// - Parameter paths: of the tables that are in the package.
  static func all(_ facts: ReportFacts, paths: Set<String>) -> [AnswerCard] {
    let answers = Dictionary(grouping: facts.answers ?? [], by: \.question)
    return ResearchQuestion.allCases.map { question in
      guard let answer = answers[question]?.first,
        answer.evidence != .notMeasured || !answer.claim.isEmpty
      else { return unanswered(question) }
      return AnswerCard(
        question: question.text, finding: answer.claim, standing: standing(answer, paths),
        limit: "Does not show: " + VisibleText.show(answer.notShown, limit: 600)
          + (answer.detectionLimit.map { " " + VisibleText.show($0, limit: 400) } ?? ""),
        moreTarget: page(question), moreText: "how, and what else was found")
    }
  }

  private static func unanswered(_ question: ResearchQuestion) -> AnswerCard {
    AnswerCard(
      question: question.text, finding: "Not measured yet.", standing: [],
      limit: "No table of the package answers it.", moreTarget: page(question),
      moreText: "what is known so far")
  }

  private static func standing(_ answer: Answer, _ paths: Set<String>) -> [Standing] {
    var parts: [String] = []
    if let value = answer.value {
      parts.append("\(answer.quantity): \(NumberText.value(value))")
      if let low = answer.low, let high = answer.high {
        let what = answer.interval.map { " (\($0))" } ?? ""
        parts.append("from \(NumberText.value(low)) to \(NumberText.value(high))\(what)")
      }
    }
    if let count = answer.count, let whole = answer.denominator {
      let unit = answer.denominatorUnit.map { " " + $0 } ?? ""
      parts.append("\(NumberText.count(count)) of \(NumberText.count(whole))\(unit)")
    }
    parts.append("evidence: \(words(answer.evidence))")
    if let date = answer.date { parts.append(String(date.prefix(10))) }
    if let rows = answer.rows { parts.append("rows " + VisibleText.show(rows, limit: 80)) }
    let name = answer.artifact?.split { $0 == "." || $0 == "/" }.last ?? "answers"
    let table = paths.sorted().first { $0.hasPrefix("data/\(name).") }
    return [
      Standing(
        standingText: parts.joined(separator: " · "),
        standingTarget: table ?? "data/answers.csv.gz")
    ]
  }

  static func words(_ evidence: AnswerEvidence) -> String {
    switch evidence {
    case .proved: "proved by archived bytes"
    case .observed: "observed"
    case .inferred: "inferred, with known errors"
    case .simulated: "simulated by rules of the real client"
    case .notMeasured: "not measured"
    }
  }

  static func page(_ question: ResearchQuestion) -> String {
    switch question {
    case .concentration: "concentration.html"
    case .joint: "operators.html"
    case .deviation: "deviations.html"
    case .inference: "exposure.html"
    case .analytics: "methods.html#limits"
    }
  }
}

import Ordering
internal import Records

/// An answer with all that it needs to be cited: how much, of how many, how surely, when, from which
/// rows, and what it does not show.
struct AnswerCard {
  let cardTitle: String
  /// The answer, where the title is the question; else none.
  let finding: [String]
  let standing: [Standing]
  /// Where to read on.
  let more: [Way]

  struct Standing {
    let standingName: String
    let standingText: String
    /// Path from the site's root, of ours; empty: none.
    var standingTarget = ""
  }

  /// One card a question, the first answer of each.
  /// - Parameter paths: of the tables that are in the package.
  static func all(_ facts: ReportFacts, paths: Set<String>) -> [AnswerCard] {
    let answers = Dictionary(grouping: facts.answers ?? [], by: \.question)
    let isAlike = PartitionSection.isMostlyAlike(facts)
    return ResearchQuestion.allCases.map { question in
      let more = [
        Way(
          wayTarget: page(question),
          wayText: (answers[question] ?? []).count > 1 ? "How, and what else was found" : "How")
      ]
      guard let answer = first(answers[question] ?? [], isAlike: isAlike),
        answer.evidence != .notMeasured || !answer.claim.isEmpty
      else {
        return AnswerCard(
          cardTitle: question.text, finding: ["Not measured yet."],
          standing: [
            Standing(standingName: "Rows", standingText: "No table of the package answers it.")
          ], more: more)
      }
      return AnswerCard(
        cardTitle: question.text, finding: [answer.claim], standing: standing(answer, paths),
        more: more)
    }
  }

  /// The answer of the first screen: where many servers are deployed alike, one that says so rather than
  /// a count of operators.
  private static func first(_ answers: [Answer], isAlike: Bool) -> Answer? {
    let alike = answers.first {
      ["cohorts", "largest-hoster"].contains($0.answerID) && $0.value != nil
    }
    return isAlike ? alike ?? answers.first : answers.first
  }

  /// A card of one answer under its own claim.
  init(_ answer: Answer, paths: Set<String>) {
    self.init(
      cardTitle: answer.claim, finding: [], standing: Self.standing(answer, paths), more: [])
  }

  private init(cardTitle: String, finding: [String], standing: [Standing], more: [Way]) {
    self.cardTitle = cardTitle
    self.finding = finding
    self.standing = standing
    self.more = more
  }

  private static func standing(_ answer: Answer, _ paths: Set<String>) -> [Standing] {
    let rows = rows(answer, paths)
    var lines: [Standing] = []
    if let value = answer.value {
      lines.append(
        Standing(
          standingName: "Number", standingText: "\(number(value, answer)): \(answer.quantity)",
          standingTarget: rows.target))
    }
    if let low = answer.low, let high = answer.high {
      lines.append(
        Standing(
          standingName: "Interval",
          standingText: "\(number(low, answer)) to \(number(high, answer))"
            + (answer.interval.map { " (\($0))" } ?? "")))
    } else if answer.value != nil {
      lines.append(
        Standing(standingName: "Interval", standingText: "none was computed"))
    }
    if let whole = answer.denominator {
      let unit = answer.denominatorUnit.map { " " + $0 } ?? ""
      lines.append(
        Standing(
          standingName: "Base",
          standingText: counted(answer, of: whole) + NumberText.count(whole) + unit))
    }
    let date = answer.date.map { ", as of \($0.prefix(10))" } ?? ", time not recorded"
    lines.append(
      Standing(standingName: "Evidence", standingText: words(answer.evidence) + date))
    if answer.evidence != .notMeasured {
      lines.append(
        Standing(standingName: "Rows", standingText: rows.text, standingTarget: rows.target))
    }
    lines.append(
      Standing(
        standingName: "Not shown", standingText: VisibleText.show(answer.notShown, limit: 600)))
    if answer.detectionLimit != nil {
      lines.append(
        Standing(
          standingName: "Limit",
          standingText: "An operator who hides counts as several: how well one can hide",
          standingTarget: "operators.html#partitions"))
    }
    return lines
  }

  /// What stands before the base: `3 of `, where the count is a part of it.
  private static func counted(_ answer: Answer, of whole: Int) -> String {
    guard let count = answer.count else { return "over " }
    if isShare(answer) { return NumberText.count(count) + " of " }
    return count > whole
      ? "\(NumberText.count(count)), told by " : "\(NumberText.count(count, "unit")) in "
  }

  private static func isShare(_ answer: Answer) -> Bool { answer.quantity.hasPrefix("share") }

  private static func number(_ value: Double, _ answer: Answer) -> String {
    isShare(answer) ? NumberText.percent(value) : NumberText.value(value)
  }

  private static func rows(
    _ answer: Answer, _ paths: Set<String>
  ) -> (text: String, target: String) {
    let name = answer.artifact?.split { $0 == "." || $0 == "/" }.last ?? "answers"
    let table =
      paths.sorted().first { $0.hasPrefix("data/\(name).") } ?? "data/answers.csv.gz"
    let which = answer.rows.map { ": " + VisibleText.show($0, limit: 80) } ?? ""
    return (Source(table).fileName + which, table)
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
    case .analytics: "operators.html#companies"
    }
  }
}

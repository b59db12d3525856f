public import Artifact

/// What the dataset answers to a research question, in one sentence with its number.
public struct Answer: ListedRow, Equatable {
  public static let schema = table(
    "scores.answers", version: 1, .csv, key: ["question", "rank"],
    "The five research questions, answered: a sentence, its number, what it rests on and what it does not show."
  )

  public var question = ResearchQuestion.concentration
  public var rank = 1
  public var answerID = ""
  public var claim = ""
  public var quantity = ""
  public var value: Double?
  public var low: Double?
  public var high: Double?
  public var interval: String?
  public var count: Int?
  public var denominator: Int?
  public var denominatorUnit: String?
  public var evidence = AnswerEvidence.notMeasured
  public var artifact: String?
  public var rows: String?
  public var notShown = ""
  public var detectionLimit: String?
  public var date: String?

  public init(_ question: ResearchQuestion, _ rank: Int, _ answerID: String) {
    self.question = question
    self.rank = rank
    self.answerID = answerID
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try claimColumns(&c)
    try supportColumns(&c)
  }

  private mutating func claimColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("question", &question, "The research question, by its number.")
    try c.integer("rank", &rank, "Place among the question's answers; 1 is its main one.")
    try c.text("answer_id", &answerID, "Name of the answer, the same in every dataset.")
    try c.text("claim", &claim, "The answer in one sentence, its number in it.")
    try c.text("quantity", &quantity, "What the number is.")
    try c.number("value", &value, digits: 6, "The number.", nil: "not measured")
    try c.number(
      "low", &low, digits: 6, "Lower end of its interval.", nil: "no interval is derived")
    try c.number(
      "high", &high, digits: 6, "Upper end of its interval.", nil: "no interval is derived")
    try c.text("interval", &interval, "What the interval holds.", nil: "no interval is derived")
    try c.integer("count", &count, "Things that the number counts.", nil: "it is no count or share")
    try c.integer(
      "denominator", &denominator, "Of how many it counts them.", nil: "it is no count or share")
    try c.text(
      "denominator_unit", &denominatorUnit, "What these are.", nil: "it is no count or share")
  }

  private mutating func supportColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("evidence", &evidence, "What kind of evidence it rests on.")
    try c.text("artifact", &artifact, "The table that it is read from.", nil: "not measured")
    try c.text(
      "rows", &rows, "Which rows of it, as `column=value`, joined by ` & `.",
      nil: "not measured, or all rows")
    try c.text("not_shown", &notShown, "What the answer does not show.")
    try c.text(
      "detection_limit", &detectionLimit, "Whom a count of operators cannot find.",
      nil: "it counts no operators")
    try c.timestamp(
      "date", &date, "When the last scan that it rests on began, UTC.", nil: "not known")
  }

  public var sortKey: SortKey { .of(question, rank) }
}

public import Artifact

/// An answer under a client's name.
public struct ClientAnswer: ListedRow, Equatable {
  public static let schema = table(
    "normalized.client_answers", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Answers to questions that were put under several client names, in a form in which equal answers are equal. A function of one scan."
  )

  public var source = FactSource()
  public var client = ""
  public var clientName = ""
  public var subject = ""
  public var outcome = Outcome.answered
  public var digest: String?
  public var figure: Double?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text(
      "client", &client,
      "Whose name: ours, wallet, ours-again, wallet-again, or an arm of the differential plan.")
    try c.text("client_name", &clientName, "The name as sent.")
    try c.text("subject", &subject, "The probe that asks the same under our name.")
    try c.word("outcome", &outcome, "How the exchange ended.")
    try c.text(
      "digest", &digest,
      "Digest of the answer: texts masked, features without figures, histories as their confirmed transactions.",
      nil: "no answer, or an error without text")
    try c.number(
      "figure", &figure, digits: 9, "The answer where it is a number: a fee estimate.",
      unit: "BTC/kvB", nil: "it is none")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

public import Artifact

/// The time of a question that was asked alone.
public struct AloneTiming: ListedRow, Equatable {
  public static let schema = table(
    "normalized.asked_alone", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Questions asked alone after a silence, as first and as late requests of their connection. A function of one scan."
  )

  public var source = FactSource()
  public var question = ""
  public var depth = ""
  public var scriptRequests = 0
  public var outcome = Outcome.answered
  public var answer: Double?
  public var service: Double?
  public var ping: Double?
  public var silence: Double?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text("question", &question, "The probe that asks the same among others.")
    try c.text(
      "depth", &depth,
      "first: before the connection's other requests for scripts; last: behind sixty of them.")
    try c.integer(
      "script_requests", &scriptRequests, "Requests for scripts that left on the connection before."
    )
    try c.word("outcome", &outcome, "How the exchange ended.")
    try c.number(
      "answer_ms", &answer, digits: 9, "From request to reply.", unit: "ms", nil: "no reply")
    try c.number(
      "service_ms", &service, digits: 9, "Reply time over the least of a ping of the connection.",
      unit: "ms", nil: "no reply, or no ping was answered")
    try c.number(
      "ping_ms", &ping, digits: 9, "Reply time of the ping that was asked alone beside it.",
      unit: "ms", nil: "it was not answered, or not asked")
    try c.number(
      "silence_ms", &silence, digits: 9, "Time since bytes had last left or arrived.", unit: "ms",
      nil: "it was the first request, or not asked")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

public import Artifact

/// What a server answered to the question for a history.
public struct HistoryAnswer: ListedRow, Equatable {
  public static let schema = table(
    "normalized.history_answers", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Answers to questions for histories: which list each told, and how much of it was kept. A function of one scan."
  )

  public var source = FactSource()
  public var script = ""
  public var entries = 0
  public var confirmed = 0
  public var malformed = 0
  public var cut = 0
  public var listSHA256 = ""
  public var status: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text("script", &script, "Name of the published script.")
    try c.integer("entries", &entries, "Transactions in the list.")
    try c.integer("confirmed", &confirmed, "Those with a height above 0.")
    try c.integer("malformed", &malformed, "Items of the list that are no transaction.")
    try c.integer(
      "cut", &cut,
      "Transactions that are not in the table histories, since the list is too long or the endpoint told too many."
    )
    try c.text("list_sha256", &listSHA256, "Digest of the list; equal lists have equal digests.")
    try c.text(
      "list_status", &status,
      "Status that this list has: SHA-256 over txid:height: of all its items.",
      nil: "the list is empty, or an item is none")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

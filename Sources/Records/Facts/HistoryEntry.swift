public import Artifact

/// A transaction in a history.
public struct HistoryEntry: ListedRow, Equatable {
  public static let schema = table(
    "normalized.histories", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence", "position"],
    "Transactions of each different history that a scan was told, once, at the first answer that told it; the table history_answers has the answers. A function of one scan."
  )

  public var source = FactSource()
  public var position = 0
  public var script = ""
  public var listSHA256 = ""
  public var transaction = ""
  public var height = 0

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.integer("position", &position, "Place in the list, from 0.")
    try c.text("script", &script, "Name of the published script.")
    try c.text("list_sha256", &listSHA256, "Digest of the whole list.")
    try c.text("txid", &transaction, "Id of the transaction as told.")
    try c.integer("height", &height, "Height as told; 0 or less: unconfirmed.", unit: "blocks")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence, position)
  }
}

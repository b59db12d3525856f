public import Artifact

/// The bytes of a transaction as a server sent them.
public struct TransactionFact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.transactions", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Transactions that servers were asked for: whether the bytes are it, and which published scripts it touches. A function of one scan."
  )

  public var source = FactSource()
  public var transaction = ""
  public var known = false
  public var errorCode: Int?
  public var bytesSHA256: String?
  public var size: Int?
  public var ownID: String?
  public var pays: [String] = []
  public var spends: [String] = []
  public var inputs: Int?
  public var inputsKnown: Int?
  public var parents: [String] = []

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text("txid", &transaction, "The transaction that was asked for.")
    try c.boolean("known", &known, "True where bytes came, false where an error did.")
    try c.integer(
      "error_code", &errorCode, "Code of the error.", nil: "bytes came, or the error has none")
    try c.text(
      "bytes_sha256", &bytesSHA256, "SHA-256 of the bytes.", nil: "none came that are hexadecimal")
    try c.integer("size", &size, "Length.", unit: "bytes", nil: "none came that are hexadecimal")
    try c.text("own_txid", &ownID, "Id that the bytes have.", nil: "they are no transaction")
    try c.texts("pays", &pays, "Published scripts that it pays.")
    try c.texts(
      "spends", &spends,
      "Published scripts that it spends from, of the outputs whose transactions the scan was sent.")
    try c.integer("inputs", &inputs, "Outputs that it spends.", nil: "no transaction came")
    try c.integer(
      "inputs_known", &inputsKnown, "Those whose own transaction the scan was sent by anybody.",
      nil: "no transaction came")
    try c.texts("parents", &parents, "Ids of the transactions that it spends from, the first 16.")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

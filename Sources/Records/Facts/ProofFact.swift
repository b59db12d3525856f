public import Artifact

/// A Merkle branch as a server sent it.
public struct ProofFact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.proofs", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence"],
    "Merkle branches of transactions, and the root that each leads to. A function of one scan.")

  public var source = FactSource()
  public var transaction = ""
  public var height = 0
  public var toldHeight: Int?
  public var position: Int?
  public var length = 0
  public var branch: [String] = []
  public var root: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.text("txid", &transaction, "The transaction that was asked for.")
    try c.integer("height", &height, "The height that was asked for.", unit: "blocks")
    try c.integer(
      "told_height", &toldHeight, "block_height in the reply.", unit: "blocks", nil: "it has none")
    try c.integer("position", &position, "Place in the block as told.", nil: "it has none")
    try c.integer("branch_length", &length, "Hashes of the branch.")
    try c.texts("branch", &branch, "The hashes as told, the first 32.")
    try c.text(
      "root", &root, "The root that the branch leads to.",
      nil:
        "it is no branch: not hashes, a position outside of the tree, or a left sibling equal to its node"
    )
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence)
  }
}

public import Artifact

/// How an answer commits a server to a chain.
public enum CommitmentKind: String, ColumnWord {
  /// The hash of the header at a height.
  case header
  /// An element of a checkpoint proof of header 0 whose subtree is whole.
  case subtree
}

/// What a server's answer commits it to, in a form that compares with other servers'.
public struct CommitmentFact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.commitments", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence", "kind", "level"],
    "What answers commit servers to on the chain, comparable between servers: header hashes at asked heights, and whole subtrees of checkpoint proofs of header 0. A function of one scan."
  )

  public var source = FactSource()
  public var kind = CommitmentKind.header
  public var level = 0
  public var checkpoint: Int?
  public var value = ""

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.word("kind", &kind, "What it is.")
    try c.integer(
      "level", &level,
      "Height of the header, or k of the subtree that commits to headers 2^k to 2^(k+1) - 1.")
    try c.integer(
      "checkpoint", &checkpoint, "Height to which the proof was asked.", unit: "blocks",
      nil: "it is a header")
    try c.text("value", &value, "The hash, as servers print it.")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence, kind, level)
  }
}

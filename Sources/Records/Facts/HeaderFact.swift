public import Artifact

/// Who says at which height a header stands.
public enum HeightSource: String, ColumnWord {
  /// We asked for this height.
  case asked
  /// The server stated it with the header.
  case told
  /// We asked for several from a height on, and it is one of them.
  case counted
}

/// A block header as a server sent it.
public struct HeaderFact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.headers", version: 1, .csv,
    key: ["scan", "endpoint_id", "attempt", "sequence", "place"],
    "Block headers as sent, with the height and who stated it. A function of one scan.")

  public var source = FactSource()
  public var place = 0
  public var header = ""
  public var hash = ""
  public var height: Int?
  public var heightSource: HeightSource?
  public var previousHash = ""
  public var merkleRoot = ""
  public var headerTime: String?
  public var bits = 0
  public var workValid = false

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.group(&source)
    try c.integer("place", &place, "Place of the header in its reply, from 0.")
    try c.text("header", &header, "The 80 bytes in hexadecimal.")
    try c.text("hash", &hash, "Double SHA-256 of the header, as servers print it.")
    try c.integer("height", &height, "Its height.", unit: "blocks", nil: "nobody stated it")
    try c.word("height_source", &heightSource, "Who stated the height.", nil: "nobody stated it")
    try c.text("previous_hash", &previousHash, "Hash of the block before.")
    try c.text("merkle_root", &merkleRoot, "Root of its transactions' tree.")
    try c.timestamp(
      "header_time", &headerTime, "Time in the header, UTC.", nil: "no time that can be written")
    try c.integer("bits", &bits, "Compact target in the header.")
    try c.boolean(
      "work_valid", &workValid, "True where the hash is within the header's own target.")
  }

  public var sortKey: SortKey {
    .of(source.scan, source.endpointID, source.attempt, source.sequence, place)
  }
}

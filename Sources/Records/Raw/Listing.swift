public import Artifact

/// A peer tuple that a list named: a bootstrap list, or an imported one.
///
/// What servers answer to `server.peers.subscribe` is not here but in the connections' bytes.
public struct Listing: ListedRow, Equatable {
  public static let schema = table(
    "raw.listings", version: 1, .jsonl,
    key: ["source_kind", "source", "address", "host", "features"],
    "Peer tuples of bootstrap lists and imports.")

  public var address = ""
  public var count = 0
  public var features: [String] = []
  public var heardAt: String?
  public var host = ""
  public var source = ""
  public var sourceKind = ListingKind.bootstrap

  public init(address: String, host: String, source: String, sourceKind: ListingKind) {
    self.address = address
    self.host = host
    self.source = source
    self.sourceKind = sourceKind
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "address", &address,
      "First element of the tuple as given; the name again where the list has only names.")
    try c.integer("count", &count, "How often the list repeats the tuple.")
    try c.texts(
      "features", &features, "Third element of the tuple: version, pruning and ports, as given.")
    try c.timestamp(
      "heard_at", &heardAt, "When the list was read or recorded, UTC.", nil: "not known (imported)")
    try c.text("host", &host, "Second element of the tuple as given.")
    try c.text("source", &source, "Name of the list.")
    try c.word("source_kind", &sourceKind, "What kind of list it is.")
  }

  public var sortKey: SortKey {
    .of(sourceKind, source, address, host, features.joined(separator: "\u{1f}"))
  }
}

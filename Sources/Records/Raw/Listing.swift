public import Artifact

/// A peer tuple that a list named: a bootstrap list, or an imported one.
///
/// What servers answer to `server.peers.subscribe` is not here but in the connections' bytes.
public struct Listing: ArtifactRow, Equatable {
  /// First element of the tuple as given; the name again where the list has only names.
  public var address: String
  /// How often the list repeats the tuple.
  public var count: Int
  /// Third element of the tuple: version, pruning and ports, as given.
  public var features: [String]
  /// When the list was read or recorded, UTC. nil: not known (imported).
  public var heardAt: String?
  /// Second element of the tuple as given.
  public var host: String
  /// Name of the list.
  public var source: String
  /// What kind of list it is.
  public var sourceKind: ListingKind

  public init(
    address: String, count: Int, features: [String] = [], heardAt: String? = nil, host: String,
    source: String, sourceKind: ListingKind
  ) {
    self.address = address
    self.count = count
    self.features = features
    self.heardAt = heardAt
    self.host = host
    self.source = source
    self.sourceKind = sourceKind
  }
}

extension Listing {
  static let columns: [Column] = [
    Column(
      "address", .text,
      "First element of the tuple as given; the name again where the list has only names."),
    Column("count", .integer, "How often the list repeats the tuple."),
    Column("features", .texts, "Third element of the tuple: version, pruning and ports, as given."),
    Column(
      "heard_at", .timestamp, "When the list was read or recorded, UTC.",
      empty: "not known (imported)"),
    Column("host", .text, "Second element of the tuple as given."),
    Column("source", .text, "Name of the list."),
    Column("source_kind", .word(ListingKind.words), "What kind of list it is."),
  ]

  public static let schema = ArtifactSchema(
    id: "raw.listings", version: 1, encoding: .jsonl,
    key: ["source_kind", "source", "address", "host", "features"],
    summary: "Peer tuples of bootstrap lists and imports.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(sourceKind.rawValue)
    key.append(source)
    key.append(address)
    key.append(host)
    key.append(features.joined(separator: "\u{1f}"))
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("address", address)
    encoder.integer("count", count)
    encoder.texts("features", features)
    encoder.text("heard_at", heardAt)
    encoder.text("host", host)
    encoder.text("source", source)
    encoder.text("source_kind", sourceKind.rawValue)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    address = try decoder.text("address")
    count = try decoder.integer("count")
    features = try decoder.texts("features")
    heardAt = try decoder.optionalText("heard_at")
    host = try decoder.text("host")
    source = try decoder.text("source")
    sourceKind = try decoder.word("source_kind", ListingKind.self)
  }
}

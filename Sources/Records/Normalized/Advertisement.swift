public import Artifact

/// One source's claim that a peer exists.
public struct Advertisement: ArtifactRow, Equatable {
  /// What kind of source it is.
  public var sourceKind: AdvertisementKind
  /// Endpoint id of the advertiser, or the name of the list.
  public var source: String
  /// First element of the peer tuple as given.
  public var address: String
  /// Second element as given.
  public var host: String
  /// Third element as given.
  public var features: [String]
  /// Address family of the address.
  public var network: Network
  /// True where the tuple can name a server that may be contacted.
  public var valid: Bool
  /// Why it is not valid. nil: it is valid.
  public var reason: String?
  /// Version among the features. nil: none is given.
  public var protocolMax: String?
  /// TCP port among the features. nil: none is given.
  public var tcpPort: Int?
  /// TLS port among the features. nil: none is given.
  public var sslPort: Int?
  /// How often the source repeated the tuple in the scan.
  public var count: Int
  /// When it was first heard, UTC. nil: not known.
  public var heardAt: String?
  /// Peer tuples of the same source, repetitions included, that were dropped for their number: the same in all rows of a source.
  public var sourceDropped: Int

  public init(
    sourceKind: AdvertisementKind, source: String, address: String, host: String,
    features: [String] = [], network: Network, valid: Bool, reason: String? = nil,
    protocolMax: String? = nil, tcpPort: Int? = nil, sslPort: Int? = nil, count: Int,
    heardAt: String? = nil, sourceDropped: Int = 0
  ) {
    self.sourceKind = sourceKind
    self.source = source
    self.address = address
    self.host = host
    self.features = features
    self.network = network
    self.valid = valid
    self.reason = reason
    self.protocolMax = protocolMax
    self.tcpPort = tcpPort
    self.sslPort = sslPort
    self.count = count
    self.heardAt = heardAt
    self.sourceDropped = sourceDropped
  }
}

extension Advertisement {
  static let columns: [Column] = [
    Column("source_kind", .word(AdvertisementKind.words), "What kind of source it is."),
    Column("source", .text, "Endpoint id of the advertiser, or the name of the list."),
    Column("address", .text, "First element of the peer tuple as given."),
    Column("host", .text, "Second element as given."),
    Column("features", .texts, "Third element as given."),
    Column("network", .word(Network.words), "Address family of the address."),
    Column("valid", .boolean, "True where the tuple can name a server that may be contacted."),
    Column("reason", .text, "Why it is not valid.", empty: "it is valid"),
    Column("protocol_max", .text, "Version among the features.", empty: "none is given"),
    Column("tcp_port", .integer, "TCP port among the features.", empty: "none is given"),
    Column("ssl_port", .integer, "TLS port among the features.", empty: "none is given"),
    Column("count", .integer, "How often the source repeated the tuple in the scan."),
    Column("heard_at", .timestamp, "When it was first heard, UTC.", empty: "not known"),
    Column(
      "source_dropped", .integer,
      "Peer tuples of the same source, repetitions included, that were dropped for their number: the same in all rows of a source."
    ),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.advertisements", version: 1, encoding: .csv,
    key: ["source_kind", "source", "address", "host", "features"],
    summary: "Who lists whom; the invalid ones are kept and say why.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(sourceKind.rawValue)
    key.append(source)
    Self.append(address: address, host: host, features: features, to: &key)
    return key
  }

  /// The columns of the key after a source: what makes a tuple out.
  public static func tupleKey(address: String, host: String, features: [String]) -> SortKey {
    var key = SortKey()
    append(address: address, host: host, features: features, to: &key)
    return key
  }

  private static func append(
    address: String, host: String, features: [String], to key: inout SortKey
  ) {
    key.append(address)
    key.append(host)
    key.append(features.joined(separator: "\u{1f}"))
  }

  public func encode(to encoder: inout RowEncoder) {
    Self.encode(sourceKind: sourceKind, source: source, to: &encoder)
    encodeTuple(to: &encoder)
    Self.encode(count: count, heardAt: heardAt, sourceDropped: sourceDropped, to: &encoder)
  }

  /// The first columns: the same in all rows of a source.
  package static func encode(
    sourceKind: AdvertisementKind, source: String, to encoder: inout RowEncoder
  ) {
    encoder.text("source_kind", sourceKind.rawValue)
    encoder.text("source", source)
  }

  /// The columns after those of the source: the same in all rows of a tuple.
  package func encodeTuple(to encoder: inout RowEncoder) {
    encoder.text("address", address)
    encoder.text("host", host)
    encoder.texts("features", features)
    encoder.text("network", network.rawValue)
    encoder.boolean("valid", valid)
    encoder.text("reason", reason)
    encoder.text("protocol_max", protocolMax)
    encoder.integer("tcp_port", tcpPort)
    encoder.integer("ssl_port", sslPort)
  }

  /// The last columns: what one source says of one tuple.
  package static func encode(
    count: Int, heardAt: String?, sourceDropped: Int, to encoder: inout RowEncoder
  ) {
    encoder.integer("count", count)
    encoder.text("heard_at", heardAt)
    encoder.integer("source_dropped", sourceDropped)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    sourceKind = try decoder.word("source_kind", AdvertisementKind.self)
    source = try decoder.text("source")
    address = try decoder.text("address")
    host = try decoder.text("host")
    features = try decoder.texts("features")
    network = try decoder.word("network", Network.self)
    valid = try decoder.boolean("valid")
    reason = try decoder.optionalText("reason")
    protocolMax = try decoder.optionalText("protocol_max")
    tcpPort = try decoder.optionalInteger("tcp_port")
    sslPort = try decoder.optionalInteger("ssl_port")
    count = try decoder.integer("count")
    heardAt = try decoder.optionalText("heard_at")
    sourceDropped = try decoder.integer("source_dropped")
  }
}

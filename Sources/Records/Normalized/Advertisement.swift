public import Artifact

/// One source's claim that a peer exists.
public struct Advertisement: ListedRow, Equatable {
  public static let schema = table(
    "normalized.advertisements", version: 1, .csv,
    key: ["source_kind", "source", "address", "host", "features", "exact_sha256"],
    "Who lists whom; the invalid ones are kept and say why.")

  public var sourceKind = AdvertisementKind.bootstrap
  public var source = ""
  public var address = ""
  public var host = ""
  public var features: [String] = []
  public var exactSHA256 = ""
  public var network = AddressFamily.ipv4
  public var valid = false
  public var reason: String?
  public var protocolMax: String?
  public var tcpPort: Int?
  public var sslPort: Int?
  public var count = 0
  public var heardAt: String?
  public var sourceDropped = 0

  public init(
    sourceKind: AdvertisementKind, source: String, address: String, host: String,
    network: AddressFamily
  ) {
    self.sourceKind = sourceKind
    self.source = source
    self.address = address
    self.host = host
    self.network = network
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try sourceColumns(&c)
    try tupleColumns(&c)
    try mentionColumns(&c)
  }

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(sourceKind.rawValue)
    key.append(source)
    Self.append(
      address: address, host: host, features: features, exactSHA256: exactSHA256, to: &key)
    return key
  }
}

extension Advertisement {
  /// The columns of the key after a source: what makes a tuple out.
  /// - Parameter exactSHA256: empty where nothing was replaced.
  public static func tupleKey(
    address: String, host: String, features: [String], exactSHA256: String = ""
  ) -> SortKey {
    var key = SortKey()
    append(
      address: address, host: host, features: features, exactSHA256: exactSHA256, to: &key)
    return key
  }

  private static func append(
    address: String, host: String, features: [String], exactSHA256: String, to key: inout SortKey
  ) {
    key.append(address)
    key.append(host)
    key.append(features.joined(separator: "\u{1f}"))
    key.append(exactSHA256)
  }

  /// The first columns: the same in all rows of a source.
  private mutating func sourceColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("source_kind", &sourceKind, "What kind of source it is.")
    try c.text("source", &source, "Endpoint id of the advertiser, or the name of the list.")
  }

  /// The columns after those of the source: the same in all rows of a tuple.
  private mutating func tupleColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("address", &address, "First element of the peer tuple as given.")
    try c.text("host", &host, "Second element as given.")
    try c.texts("features", &features, "Third element as given.")
    try c.text(
      "exact_sha256", &exactSHA256,
      "Where `[redacted n bytes]` stands for credentials: SHA-256 of address, host and features as given, each behind its length in UTF-8 and a colon; else empty."
    )
    try c.word("network", &network, "Address family of the address.")
    try c.boolean("valid", &valid, "True where the tuple can name a server that may be contacted.")
    try c.text("reason", &reason, "Why it is not valid.", nil: "it is valid")
    try c.text("protocol_max", &protocolMax, "Version among the features.", nil: "none is given")
    try c.integer("tcp_port", &tcpPort, "TCP port among the features.", nil: "none is given")
    try c.integer("ssl_port", &sslPort, "TLS port among the features.", nil: "none is given")
  }

  /// The last columns: what one source says of one tuple.
  private mutating func mentionColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer("count", &count, "How often the source repeated the tuple in the scan.")
    try c.timestamp("heard_at", &heardAt, "When it was first heard, UTC.", nil: "not known")
    try c.integer(
      "source_dropped", &sourceDropped,
      "Peer tuples of the same source, repetitions included, that were dropped for their number: the same in all rows of a source."
    )
  }

  /// Writes the first columns alone, for rows of one source to share.
  package static func encode(
    sourceKind: AdvertisementKind, source: String, to encoder: inout RowEncoder
  ) {
    var row = Advertisement()
    row.sourceKind = sourceKind
    row.source = source
    row.sourceColumns(&encoder)
  }

  /// Writes the columns of the tuple alone, for rows of one tuple to share.
  package func encodeTuple(to encoder: inout RowEncoder) {
    var copy = self
    copy.tupleColumns(&encoder)
  }

  /// Writes the last columns alone.
  package static func encode(
    count: Int, heardAt: String?, sourceDropped: Int, to encoder: inout RowEncoder
  ) {
    var row = Advertisement()
    row.count = count
    row.heardAt = heardAt
    row.sourceDropped = sourceDropped
    row.mentionColumns(&encoder)
  }
}

public import Artifact

/// What a server says of its peers, and who first named it: columns of `Server`.
public struct PeerFacts: ColumnGroup, Equatable {
  /// Peers of `sketch` at most.
  public static let sketchSize = 32

  public var advertised: Int?
  public var sha256: String?
  public var sketch: [String] = []
  public var advertisesItself: Bool?
  public var firstHeardFrom: AdvertisementKind?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer(
      "peers_advertised", &advertised,
      "Different peers, by address and name, in its replies to server.peers.subscribe in the scan.",
      nil: "not answered, or more than are kept: see source_dropped of normalized.advertisements")
    try c.text(
      "peers_sha256", &sha256,
      "SHA-256 over the set of those peers: over the sorted first 16 bytes of the SHA-256 of each, which is of its address, a zero byte and its name, both in canonical form.",
      nil: "it names none, or see peers_advertised")
    try c.texts(
      "peers_sketch", &sketch,
      "The 32 least of these digests, or all, by their first 12 hexadecimal digits. Of the 32 least of two sketches together, the share that is in both estimates what two sets of peers have in common.",
      nil: "it names none, or see peers_advertised")
    try c.boolean(
      "advertises_itself", &advertisesItself,
      "Whether one of those peers has an address or a verified name of the server's own.",
      nil: "not answered, or more than are kept and not among these")
    try c.word(
      "first_heard_from", &firstHeardFrom,
      "Kind of the source that named one of its endpoints first, of those of the same second the first by name.",
      nil: "no source names it, or sources of several kinds do and not all with a time")
  }
}

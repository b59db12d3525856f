import Artifact

/// What a server says of its peers, and who first named it: columns of `Server`.
public struct PeerFacts: Sendable, Equatable {
  /// Peers of `sketch` at most.
  public static let sketchSize = 32

  /// Different peers, by address and name. nil: not answered, or more than are kept.
  public var advertised: Int?
  /// Of the set of them. nil: there is none, or as above.
  public var sha256: String?
  /// Digests of the peers whose digests are least.
  public var sketch: [String] = []
  /// Whether an address or a verified name of its own is among them. nil: not answered, or not known.
  public var advertisesItself: Bool?
  /// Kind of the source that first named it. nil: nobody did, or it is not known who was first.
  public var firstHeardFrom: AdvertisementKind?

  public init() {}
}

extension PeerFacts {
  static let columns: [Column] = [
    Column(
      "peers_advertised", .integer,
      "Different peers, by address and name, in its replies to server.peers.subscribe in the scan.",
      empty: "not answered, or more than are kept: see source_dropped of normalized.advertisements"),
    Column(
      "peers_sha256", .text,
      "SHA-256 over the set of those peers: over the sorted first 16 bytes of the SHA-256 of each, which is of its address, a zero byte and its name, both in canonical form.",
      empty: "it names none, or see peers_advertised"),
    Column(
      "peers_sketch", .texts,
      "The 32 least of these digests, or all, by their first 12 hexadecimal digits. Of the 32 least of two sketches together, the share that is in both estimates what two sets of peers have in common.",
      empty: "it names none, or see peers_advertised"),
    Column(
      "advertises_itself", .boolean,
      "Whether one of those peers has an address or a verified name of the server's own.",
      empty: "not answered, or more than are kept and not among these"),
    Column(
      "first_heard_from", .word(AdvertisementKind.words),
      "Kind of the source that named one of its endpoints first, of those of the same second the first by name.",
      empty: "no source names it, or sources of several kinds do and not all with a time"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.integer("peers_advertised", advertised)
    encoder.text("peers_sha256", sha256)
    encoder.texts("peers_sketch", sketch)
    encoder.boolean("advertises_itself", advertisesItself)
    encoder.text("first_heard_from", firstHeardFrom?.rawValue)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    advertised = try decoder.optionalInteger("peers_advertised")
    sha256 = try decoder.optionalText("peers_sha256")
    sketch = try decoder.texts("peers_sketch")
    advertisesItself = try decoder.optionalBoolean("advertises_itself")
    firstHeardFrom = try decoder.optionalWord("first_heard_from", AdvertisementKind.self)
  }
}

public import Artifact

/// A way to reach or pay whoever runs a server, as a text of the server gives it: a claim that
/// anybody can copy.
public struct Contact: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// The text that holds it.
  public var source: ServerTextKind
  /// What it is.
  public var kind: ContactKind
  /// The token in canonical form; of what is no destination the first 128 characters, as written.
  public var token: String
  /// Registrable domain of its host. nil: it names no host, or one below no domain that somebody registered as theirs.
  public var registrableDomain: String?
  /// Whether it is what its form says.
  public var verdict: TokenVerdict
  /// How often it stands in the text.
  public var count: Int

  public init(
    serverID: String, source: ServerTextKind, kind: ContactKind, token: String,
    registrableDomain: String? = nil, verdict: TokenVerdict, count: Int
  ) {
    self.serverID = serverID
    self.source = source
    self.kind = kind
    self.token = token
    self.registrableDomain = registrableDomain
    self.verdict = verdict
    self.count = count
  }
}

extension Contact {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("source", .word(ServerTextKind.words), "The text that holds it."),
    Column(
      "kind", .word(ContactKind.words),
      "What it is; `destination` for what has the form of a destination of payments and is none."),
    Column(
      "token", .text,
      "The token in canonical form; of what is no destination the first 128 characters, as written."
    ),
    Column(
      "registrable_domain", .text, "Registrable domain (Public Suffix List) of its host.",
      empty: "it names no host, or one below no domain that somebody registered as theirs"),
    Column(
      "verdict", .word(TokenVerdict.words),
      "Whether it is what its form says, found without asking anybody; `unchecked` where it has no checksum, `wrong-network` beside the server's genesis hash, or the scan's network where it gave none."
    ),
    Column("count", .integer, "How often it stands in the text."),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.contacts", version: 1, encoding: .csv,
    key: ["server_id", "source", "kind", "token"],
    summary:
      "Ways to reach or pay whoever runs a server, as its texts give them: claims that anybody can copy.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(source.rawValue)
    key.append(kind.rawValue)
    key.append(token)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("source", source.rawValue)
    encoder.text("kind", kind.rawValue)
    encoder.text("token", token)
    encoder.text("registrable_domain", registrableDomain)
    encoder.text("verdict", verdict.rawValue)
    encoder.integer("count", count)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    source = try decoder.word("source", ServerTextKind.self)
    kind = try decoder.word("kind", ContactKind.self)
    token = try decoder.text("token")
    registrableDomain = try decoder.optionalText("registrable_domain")
    verdict = try decoder.word("verdict", TokenVerdict.self)
    count = try decoder.integer("count")
  }
}

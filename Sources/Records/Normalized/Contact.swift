public import Artifact

/// A way to reach or pay whoever runs a server, as a text of the server gives it: a claim that
/// anybody can copy.
public struct Contact: ListedRow, Equatable {
  public static let schema = table(
    "normalized.contacts", version: 1, .csv, key: ["server_id", "source", "kind", "token"],
    "Ways to reach or pay whoever runs a server, as its texts give them: claims that anybody can copy."
  )

  public var serverID = ""
  public var source = ServerTextKind.banner
  public var kind = ContactKind.email
  public var token = ""
  public var registrableDomain: String?
  public var verdict = TokenVerdict.valid
  public var count = 0

  public init(
    serverID: String, source: ServerTextKind, kind: ContactKind, token: String,
    verdict: TokenVerdict
  ) {
    self.serverID = serverID
    self.source = source
    self.kind = kind
    self.token = token
    self.verdict = verdict
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.word("source", &source, "The text that holds it.")
    try c.word(
      "kind", &kind,
      "What it is; `destination` for what has the form of a destination of payments and is none.")
    try c.text(
      "token", &token,
      "The token in canonical form; of what is no destination the first 128 characters, as written."
    )
    try c.text(
      "registrable_domain", &registrableDomain,
      "Registrable domain (Public Suffix List) of its host.",
      nil: "it names no host, or one below no domain that somebody registered as theirs")
    try c.word(
      "verdict", &verdict,
      "Whether it is what its form says, found without asking anybody; `unchecked` where it has no checksum, `wrong-network` beside the server's genesis hash, or the scan's network where it gave none."
    )
    try c.integer("count", &count, "How often it stands in the text.")
  }

  public var sortKey: SortKey { .of(serverID, source, kind, token) }
}

public import Artifact

/// Text from a server, exact.
public struct ServerText: ListedRow, Equatable {
  public static let schema = table(
    "normalized.texts", version: 1, .jsonl, key: ["server_id", "kind"],
    "Banners, donation addresses and version texts, exact.")

  public var exactSHA256: String?
  public var kind = ServerTextKind.banner
  public var lineBase64: String?
  public var serverID = ""
  public var text = ""

  public init(kind: ServerTextKind, serverID: String, text: String) {
    self.kind = kind
    self.serverID = serverID
    self.text = text
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "exact_sha256", &exactSHA256,
      "SHA-256 of the text as sent (UTF-8), where `[redacted n bytes]` stands for credentials.",
      nil: "nothing was replaced")
    try c.word("kind", &kind, "What the text is.")
    try c.text(
      "line_base64", &lineBase64,
      "The reply's whole line in base64, where it holds bytes that are not UTF-8 or half a surrogate pair; where credentials are in it, `[redacted n bytes]` in base64.",
      nil: "`text` is exact")
    try c.text("server_id", &serverID, "The server.")
    try c.text(
      "text", &text,
      "The text of the last answer, as sent; U+FFFD for what no text can hold: see line_base64.")
  }

  public var sortKey: SortKey { .of(serverID, kind) }
}

public import Artifact

/// Text from a server, exact.
public struct ServerText: ArtifactRow, Equatable {
  /// What the text is.
  public var kind: ServerTextKind
  /// The line that holds it, in base64. nil: the text is exact.
  public var lineBase64: String?
  /// The server.
  public var serverID: String
  /// The text of the last answer, as sent; U+FFFD for what no text can hold.
  public var text: String

  public init(
    kind: ServerTextKind, lineBase64: String? = nil, serverID: String, text: String
  ) {
    self.kind = kind
    self.lineBase64 = lineBase64
    self.serverID = serverID
    self.text = text
  }
}

extension ServerText {
  static let columns: [Column] = [
    Column("kind", .word(ServerTextKind.words), "What the text is."),
    Column(
      "line_base64", .text,
      "The reply's whole line in base64, where it holds bytes that are not UTF-8 or half a surrogate pair.",
      empty: "`text` is exact"),
    Column("server_id", .text, "The server."),
    Column(
      "text", .text,
      "The text of the last answer, as sent; U+FFFD for what no text can hold: see line_base64."),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.texts", version: 1, encoding: .jsonl, key: ["server_id", "kind"],
    summary: "Banners, donation addresses and version texts, exact.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(kind.rawValue)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("kind", kind.rawValue)
    encoder.text("line_base64", lineBase64)
    encoder.text("server_id", serverID)
    encoder.text("text", text)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    kind = try decoder.word("kind", ServerTextKind.self)
    lineBase64 = try decoder.optionalText("line_base64")
    serverID = try decoder.text("server_id")
    text = try decoder.text("text")
  }
}

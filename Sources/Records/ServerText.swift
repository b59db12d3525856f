public import Artifact

/// Text from a server, exact.
public struct ServerText: ArtifactRow, Equatable {
  /// What the text is.
  public var kind: ServerTextKind
  /// The server.
  public var serverID: String
  /// The text of the last answer, as sent.
  public var text: String

  public init(
    kind: ServerTextKind, serverID: String, text: String
  ) {
    self.kind = kind
    self.serverID = serverID
    self.text = text
  }
}

extension ServerText {
  static let columns: [Column] = [
    Column("kind", .word(ServerTextKind.words), "What the text is."),
    Column("server_id", .text, "The server."),
    Column("text", .text, "The text of the last answer, as sent."),
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
    encoder.text("server_id", serverID)
    encoder.text("text", text)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    kind = try decoder.word("kind", ServerTextKind.self)
    serverID = try decoder.text("server_id")
    text = try decoder.text("text")
  }
}

public import Artifact

/// What became of a server's id from the scan before to this one.
public struct LineageEvent: ArtifactRow, Equatable {
  /// The server in this scan.
  public var serverID: String
  /// What happened.
  public var kind: LineageKind
  /// Servers of earlier scans that it took endpoints from; empty where its own id says all.
  public var others: [String]
  /// Share of common endpoints among all that either has: with itself before, or with the closest of the others. nil: it is new.
  public var overlap: Double?

  public init(
    serverID: String, kind: LineageKind, others: [String] = [], overlap: Double? = nil
  ) {
    self.serverID = serverID
    self.kind = kind
    self.others = others
    self.overlap = overlap
  }
}

extension LineageEvent {
  static let columns: [Column] = [
    Column("server_id", .text, "The server in this scan."),
    Column("kind", .word(LineageKind.words), "What happened."),
    Column(
      "others", .texts,
      "Servers of earlier scans that it took endpoints from; empty where its own id says all."),
    Column(
      "overlap", .number(significantDigits: 6),
      "Share of common endpoints among all that either has: with itself before, or with the closest of the others.",
      empty: "it is new"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.lineage", version: 1, encoding: .csv, key: ["server_id", "kind"],
    summary: "How each server's id came from the scan before: carried, new, merged, split.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(kind.rawValue)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("kind", kind.rawValue)
    encoder.texts("others", others)
    encoder.number("overlap", overlap, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    kind = try decoder.word("kind", LineageKind.self)
    others = try decoder.texts("others")
    overlap = try decoder.optionalNumber("overlap")
  }
}

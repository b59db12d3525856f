internal import Artifact
import Ordering
internal import Records

/// A row of one scan in a table over all scans: the same columns with the scan's name in front.
struct ScannedRow<Row: ArtifactRow>: ArtifactRow {
  let scan: String
  let row: Row

  static var schema: ArtifactSchema {
    ArtifactSchema(
      id: "published.\(Row.schema.name)", version: Row.schema.version, encoding: .csv,
      key: ["scan"] + Row.schema.key, summary: Row.schema.summary,
      columns: [ScanColumn.declaration] + Row.schema.columns)
  }

  var sortKey: SortKey {
    var key = SortKey.of(scan)
    key.append(contentsOf: row.sortKey)
    return key
  }

  init(scan: String, row: Row) {
    self.scan = scan
    self.row = row
  }

  func encode(to encoder: inout RowEncoder) {
    encoder.text("scan", scan)
    row.encode(to: &encoder)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    scan = try decoder.text("scan")
    row = try Row(from: &decoder)
  }
}

/// A text of one scan: its keys in byte order, as JSON's canonical form has them.
struct ScannedText: ArtifactRow {
  let scan: String
  let text: ServerText

  static let schema = ArtifactSchema(
    id: "published.texts", version: ServerText.schema.version, encoding: .jsonl,
    key: ["scan"] + ServerText.schema.key, summary: ServerText.schema.summary,
    columns: ([ScanColumn.declaration] + ServerText.schema.columns).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    })

  var sortKey: SortKey {
    var key = SortKey.of(scan)
    key.append(contentsOf: text.sortKey)
    return key
  }

  init(scan: String, text: ServerText) {
    self.scan = scan
    self.text = text
  }

  func encode(to encoder: inout RowEncoder) {
    encoder.text("exact_sha256", text.exactSHA256)
    encoder.text("kind", text.kind.rawValue)
    encoder.text("line_base64", text.lineBase64)
    encoder.text("scan", scan)
    encoder.text("server_id", text.serverID)
    encoder.text("text", text.text)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    let exact = try decoder.optionalText("exact_sha256")
    let kind = try decoder.text("kind")
    let line = try decoder.optionalText("line_base64")
    scan = try decoder.text("scan")
    let serverID = try decoder.text("server_id")
    let content = try decoder.text("text")
    guard let kind = ServerTextKind(rawValue: kind) else {
      throw ArtifactError(
        .malformedRow, column: "kind",
        expected: "one of \(ServerTextKind.words.joined(separator: ", "))",
        found: EscapedText.escape(kind))
    }
    text = ServerText(kind: kind, serverID: serverID, text: content).with {
      $0.exactSHA256 = exact
      $0.lineBase64 = line
    }
  }
}

enum ScanColumn {
  static let declaration = Column(
    "scan", .text, "Name of the scan: its start in UTC and its vantage point.")
}

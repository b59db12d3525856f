/// What one column (CSV) or key (JSON) holds.
public struct Column: Sendable {
  /// The type of a value.
  public indirect enum Kind: Sendable {
    /// Text: exact in JSON, escaped in CSV (see `EscapedText`).
    case text
    /// One of a closed list of words.
    case word([String])
    case integer
    /// A finite number, rounded to this many significant digits on the way out.
    case number(significantDigits: Int)
    case boolean
    /// UTC time, RFC 3339 with `Z`.
    case timestamp
    /// Texts: an array in JSON, one cell separated by `;` in CSV.
    case texts
    /// A nested object (JSON only).
    case object([Column])
    /// An array of nested objects (JSON only).
    case objects([Column])
  }

  public let name: String
  public let kind: Kind
  public let summary: String
  /// SI or protocol unit, where the value has one.
  public let unit: String?
  /// What an empty cell or `null` means; nil where the value is always there.
  public let empty: String?

  public init(
    _ name: String, _ kind: Kind, _ summary: String, unit: String? = nil, empty: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.unit = unit
    self.empty = empty
  }
}

/// The declaration of an artifact: its id, version, encoding, sort key and columns.
///
/// A released schema is never edited; a new meaning is a new version.
public struct ArtifactSchema: Sendable {
  public enum Encoding: String, Sendable {
    case csv
    case jsonl
  }

  /// Folder and plural noun of the rows, as `normalized.endpoints`.
  public let id: String
  public let version: Int
  public let encoding: Encoding
  /// The columns that order the rows and identify one (unique).
  public let key: [String]
  public let summary: String
  public let columns: [Column]

  public init(
    id: String, version: Int, encoding: Encoding, key: [String], summary: String,
    columns: [Column]
  ) {
    self.id = id
    self.version = version
    self.encoding = encoding
    self.key = key
    self.summary = summary
    self.columns = columns
  }

  /// The noun alone: `endpoints`.
  public var name: String {
    String(id[(id.lastIndex(of: ".").map(id.index(after:)) ?? id.startIndex)...])
  }
  /// `endpoints.csv.gz`.
  public var fileName: String { "\(name).\(encoding.rawValue).gz" }
  /// The first line of a CSV table, without its end.
  func header(_ form: TableForm) -> String {
    let quote =
      switch form {
      case .exact: ""
      case .bounded: "\""
      }
    return columns.map { quote + $0.name + quote }.joined(separator: ",")
  }
  /// `normalized.endpoints.v1`.
  public var identifier: String { "\(id).v\(version)" }
}

/// A row of an artifact: encodes and decodes its columns in the order that the schema states.
///
/// For JSONL that order is the byte order of the keys (the canonical form has sorted keys).
public protocol ArtifactRow: Sendable {
  static var schema: ArtifactSchema { get }
  /// The values of the schema's key columns, in order.
  var sortKey: SortKey { get }
  func encode(to encoder: inout RowEncoder)
  init(from decoder: inout RowDecoder) throws(ArtifactError)
}

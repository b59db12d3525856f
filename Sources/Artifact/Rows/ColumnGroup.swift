/// A value that lists its columns once: a row, a part that several rows share, or a nested object.
public protocol ColumnGroup: Sendable {
  /// A blank value, for the decoder to fill.
  init()

  /// Shows each column to `c`, in the order of the schema.
  ///
  /// For JSONL that order is the byte order of the keys (the canonical form has sorted keys). The
  /// function must call the same methods whatever the values are.
  mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure)
}

// These are inlinable, and the rows' modules are optimised whole, so that no call of a visit is
// generic at run time.
extension ColumnGroup {
  @inlinable public func encode(to encoder: inout RowEncoder) {
    var copy = self
    copy.columns(&encoder)
  }

  @inlinable public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    self.init()
    try columns(&decoder)
  }

  /// What its columns are.
  public static var columnList: [Column] {
    var reader = SchemaReader()
    var blank = Self()
    blank.columns(&reader)
    return reader.columns
  }
}

/// A row of an artifact that lists its columns once; its codec and its schema follow from the list.
public protocol ListedRow: ColumnGroup, ArtifactRow {}

extension ListedRow {
  /// The schema of this row type, for its `schema` to keep.
  ///
  /// - Parameters:
  ///   - id: folder and plural noun of the rows, as `normalized.endpoints`.
  ///   - key: the columns that order the rows and identify one.
  public static func table(
    _ id: String, version: Int, _ encoding: ArtifactSchema.Encoding, key: [String],
    _ summary: String
  ) -> ArtifactSchema {
    ArtifactSchema(
      id: id, version: version, encoding: encoding, key: key, summary: summary,
      columns: columnList)
  }
}

/// Columns that follow from a list which a type keeps for other reasons too, as its features do.
public protocol DerivedColumns: Sendable {
  static var columns: [Column] { get }
  func encode(to encoder: inout RowEncoder)
  init(from decoder: inout RowDecoder) throws(ArtifactError)
}

/// A closed list of words in a column.
public protocol ColumnWord: RawRepresentable<String>, CaseIterable, SortKeyPart, Sendable {}

extension ColumnWord {
  /// All words, in declaration order.
  public static var words: [String] { allCases.map(\.rawValue) }
}

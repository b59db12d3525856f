import Digests
import Foundation

/// Reads an artifact row by row in constant memory and checks it against its manifest.
///
/// The manifest's schema is checked before the first row; order and form with each row; digests
/// and row count at the end. A caller must not publish what it derived before `next` returned nil.
public final class ArtifactReader<Row: ArtifactRow> {
  /// A longer line is refused rather than held in memory.
  public static var lineLimit: Int { 64 << 20 }

  public let path: String
  /// nil where the artifact is read without one.
  public let manifest: Manifest?
  private let source: ByteSource
  private let digest = SHA256()
  private var chunk: [UInt8] = []
  private var position = 0
  private var carry: [UInt8] = []
  private var contentBytes = 0
  private var rows = 0
  private var previous: SortKey?
  private var isAtEnd = false
  private var headerPending = Row.schema.encoding == .csv

  /// Opens the artifact of this row type in `folder`, with its manifest.
  public convenience init(folder: String) throws(ArtifactError) {
    try self.init(path: folder + "/" + Row.schema.fileName, manifest: .beside)
  }

  /// Where the manifest is.
  public enum ManifestSource: Sendable {
    /// Beside the artifact.
    case beside
    /// Given, for bytes that come through a pipe.
    case given(Manifest)
    /// Nowhere: form and order are still checked.
    case none
  }

  public init(path: String, manifest source: ManifestSource) throws(ArtifactError) {
    self.path = path
    switch source {
    case .none: manifest = nil
    case .given(let given): manifest = given
    case .beside: manifest = try Self.manifest(beside: path)
    }
    if let manifest, manifest.schema != Row.schema.identifier {
      throw ArtifactError(
        .wrongSchema, file: path, expected: Row.schema.identifier, found: manifest.schema,
        remedy: "pass the artifact of this schema, or make it again with this version's programs")
    }
    self.source = try ByteSource(path: path)
  }

  private static func manifest(beside path: String) throws(ArtifactError) -> Manifest {
    if path != "-", access(path, F_OK) != 0 {
      throw ArtifactError(
        .missing, file: path, expected: "an artifact", found: systemErrorText(errno))
    }
    return try Manifest(path: Manifest.fileName(for: path))
  }

  /// The next row; nil after the last one, when the whole artifact has been found intact.
  public func next() throws(ArtifactError) -> Row? {
    do throws(ArtifactError) {
      return try nextRow()
    } catch {
      throw error.located(file: path, row: error.code == .malformedRow ? rows + 1 : nil)
    }
  }

  /// All rows: for tables that grow with the number of servers only.
  public func all() throws(ArtifactError) -> [Row] {
    var rows: [Row] = []
    while let row = try next() { rows.append(row) }
    return rows
  }

  /// What `next(inBytesUpTo:_:)` found.
  package enum Step {
    /// A row that was shown in its bytes.
    case shown
    /// A row of more bytes, read.
    case row(Row)
    case end
  }

  /// The next row in its bytes, for who hands it on as it is: read only where it is longer.
  ///
  /// The order and form of rows that are shown are not checked: they are what the stage that wrote the
  /// artifact left, and the digests at the end show that it is that one.
  ///
  /// - Parameters:
  ///   - limit: a row of more bytes is read.
  ///   - body: is shown the row without its line end.
  package func next(
    inBytesUpTo limit: Int,
    _ body: (UnsafeBufferPointer<UInt8>) throws(ArtifactError) -> Void
  ) throws(ArtifactError) -> Step {
    do throws(ArtifactError) {
      if headerPending { try checkHeader() }
      let step = try withNextLine { line throws(ArtifactError) -> Step in
        guard line.count <= limit else { return .row(try RowDecoder.decode(Row.self, from: line)) }
        try body(line)
        return .shown
      }
      guard let step else { return .end }
      rows += 1
      return step
    } catch {
      throw error.located(file: path, row: error.code == .malformedRow ? rows + 1 : nil)
    }
  }

  private func nextRow() throws(ArtifactError) -> Row? {
    if headerPending { try checkHeader() }
    guard
      let row = try withNextLine({ line throws(ArtifactError) in
        try RowDecoder.decode(Row.self, from: line)
      })
    else { return nil }
    rows += 1
    let key = row.sortKey
    if let previous, !(previous < key) {
      throw ArtifactError(
        .wrongOrder, row: rows, column: Row.schema.key.joined(separator: ", "),
        expected: "rows in ascending order of the key, each once",
        found: previous == key ? "the same key again" : "a smaller key")
    }
    previous = key
    return row
  }

  private func checkHeader() throws(ArtifactError) {
    headerPending = false
    let expected = Row.schema.header(.exact)
    let header = try withNextLine { line throws(ArtifactError) in
      String(decoding: line, as: UTF8.self)
    }
    guard let header else {
      throw ArtifactError(.empty, expected: "the header \(expected)", found: "nothing")
    }
    let isHeader = [expected, Row.schema.header(.bounded)].contains {
      $0.utf8.elementsEqual(header.utf8)
    }
    guard isHeader else {
      throw ArtifactError(
        .wrongSchema, expected: "the header \(expected)",
        found: EscapedText.escape(String(header.prefix(400))))
    }
  }

  /// Runs `body` on the next line without its end; nil after the last.
  private func withNextLine<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(ArtifactError) -> Result
  ) throws(ArtifactError) -> Result? {
    while !isAtEnd {
      if position < chunk.count, let line = try lineInChunk(body) { return line }
      guard carry.count <= Self.lineLimit else {
        throw ArtifactError(
          .lineTooLong, row: rows + 1, expected: "a line of at most \(Self.lineLimit) bytes",
          found: "a longer one")
      }
      position = 0
      if let next = try source.next() {
        chunk = next
        contentBytes += next.count
        next.withUnsafeBytes { digest.update($0) }
      } else {
        isAtEnd = true
        try finish()
      }
    }
    return nil
  }

  private func lineInChunk<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(ArtifactError) -> Result
  ) throws(ArtifactError) -> Result? {
    let start = position
    let length: Int? = chunk.withUnsafeBufferPointer { bytes in
      let base = bytes.baseAddress! + start
      return memchr(base, 0x0a, bytes.count - start)
        .map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base }
    }
    guard let length else {
      carry.append(contentsOf: chunk[start...])
      position = chunk.count
      return nil
    }
    position = start + length + 1
    if carry.isEmpty {
      return try chunk.withUnsafeBufferPointer { bytes throws(ArtifactError) in
        try body(UnsafeBufferPointer(rebasing: bytes[start..<(start + length)]))
      }
    }
    carry.append(contentsOf: chunk[start..<(start + length)])
    defer { carry.removeAll(keepingCapacity: true) }
    return try carry.withUnsafeBufferPointer { bytes throws(ArtifactError) in try body(bytes) }
  }

  private func finish() throws(ArtifactError) {
    guard carry.isEmpty else {
      throw ArtifactError(
        .truncated, row: rows + 1, expected: "a line end after the last row", found: "none")
    }
    let found = digest.finish()
    contentSHA256 = found
    guard let content = manifest?.content else { return }
    guard found == content.contentSHA256, contentBytes == content.contentBytes,
      rows == content.rows
    else {
      throw ArtifactError(
        .manifestMismatch, expected: "content \(content.contentSHA256), \(content.rows) rows",
        found: "content \(found), \(rows) rows",
        remedy: "make the artifact again with its stage; if it is raw evidence, restore it")
    }
  }

  /// Digest of the content; valid after `next` returned nil.
  public private(set) var contentSHA256 = ""

  /// Digest and size of the compressed file; valid after `next` returned nil.
  public var file: (sha256: String, bytes: Int) { source.file }
}

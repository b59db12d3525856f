import Digests

/// Writes rows as a gzip artifact in constant memory, in the order that the schema declares.
///
/// Nothing is visible at `path` before `PendingArtifact.commit`.
public final class ArtifactWriter<Row: ArtifactRow> {
  private static var flushSize: Int { 1 << 15 }

  public let path: String
  private let file: AtomicFile
  private let compressor: GzipCompressor
  private let fileDigest = FileDigest()
  private let contentDigest = SHA256()
  /// Rows that are not yet compressed: digest and compressor take many at once.
  private var encoder: RowEncoder
  private var contentBytes = 0
  private var rows = 0
  private var previous: SortKey?
  /// How many cells were cut, as the bounded form does.
  public private(set) var cutCells = 0

  /// - Parameters:
  ///   - folder: where the schema's file name is made.
  ///   - threads: at most this many members are compressed at once; the bytes do not depend on it.
  ///   - form: for whom the table is.
  public init(
    folder: String, threads: Int = 1, form: TableForm = .exact
  ) throws(ArtifactError) {
    encoder = RowEncoder(Row.schema.encoding, form: form)
    path = folder + "/" + Row.schema.fileName
    let file = try AtomicFile(path: path)
    let digest = fileDigest
    self.file = file
    compressor = GzipCompressor(threads: threads) { bytes throws(ArtifactError) in
      digest.update(bytes)
      try file.write(bytes)
    }
    if Row.schema.encoding == .csv {
      try append(bytes: Array((Row.schema.header(form) + "\n").utf8))
    }
  }

  private func append(bytes: [UInt8]) throws(ArtifactError) {
    contentBytes += bytes.count
    try bytes.withRawBytes { buffer throws(ArtifactError) in
      contentDigest.update(buffer)
      try compressor.write(buffer)
    }
  }

  /// Appends one row. Out-of-order and repeated keys are errors: they are bugs of a stage.
  public func append(_ row: Row) throws(ArtifactError) {
    try advance(to: row.sortKey)
    encoder.encode(row)
    if !encoder.longCells.isEmpty {
      cutCells += encoder.longCells.count
      encoder.removeLongCells()
    }
    try flush(from: Self.flushSize)
  }

  /// Appends a row that is encoded already, its line end included.
  ///
  /// - Parameters:
  ///   - line: the canonical bytes of a row; debug builds decode them and encode them again.
  ///   - key: of that row.
  package func append(encoded line: [UInt8], key: SortKey) throws(ArtifactError) {
    try advance(to: key)
    #if DEBUG
      try check(line, key)
    #endif
    if line.count >= Self.flushSize {
      try flush(from: 1)
      return try append(bytes: line)
    }
    encoder.append(encoded: line)
    try flush(from: Self.flushSize)
  }

  /// Most bytes of an encoded row in which no cell can be too long for any form.
  package static var plainRowLimit: Int { BoundedCell.limit }

  /// Appends a row that another artifact has, behind columns that come before it. The caller vouches
  /// for the order.
  ///
  /// - Parameters:
  ///   - columns: the encoded columns before it, with the comma behind them; empty: none.
  ///   - line: its canonical bytes without the line end, at most `plainRowLimit`.
  package func append(
    behind columns: [UInt8], line: UnsafeBufferPointer<UInt8>
  ) throws(ArtifactError) {
    previous = nil
    rows += 1
    encoder.append(encoded: columns, line)
    try flush(from: Self.flushSize)
  }

  /// Appends a row whose columns `body` writes; debug builds decode it and encode it again.
  package func append(
    key: SortKey, _ body: (inout RowEncoder) -> Void
  ) throws(ArtifactError) {
    try advance(to: key)
    #if DEBUG
      let start = encoder.bytes.count
    #endif
    encoder.encodeRow(body)
    #if DEBUG
      try check(Array(encoder.bytes[start...]), key)
    #endif
    try flush(from: Self.flushSize)
  }

  #if DEBUG
    private func check(_ line: [UInt8], _ key: SortKey) throws(ArtifactError) {
      let row = try line.withUnsafeBufferPointer { buffer throws(ArtifactError) in
        try RowDecoder.decode(Row.self, from: UnsafeBufferPointer(rebasing: buffer.dropLast()))
      }
      assert(row.sortKey == key, "the key of another row")
      assert(RowEncoder.text(of: row).utf8.elementsEqual(line), "a row that is not canonical")
    }
  #endif

  private func flush(from size: Int) throws(ArtifactError) {
    guard encoder.bytes.count >= size else { return }
    try append(bytes: encoder.bytes)
    encoder.removeAll()
  }

  private func advance(to key: SortKey) throws(ArtifactError) {
    if let previous, !(previous < key) {
      throw ArtifactError(
        .wrongOrder, file: path, row: rows + 1, column: Row.schema.key.joined(separator: ", "),
        expected: "rows in ascending order of the key, each once",
        found: previous == key ? "the same key again" : "a smaller key",
        remedy: "report this: the stage that writes it must sort")
    }
    previous = key
    rows += 1
  }

  public func append(contentsOf rows: some Sequence<Row>) throws(ArtifactError) {
    for row in rows { try append(row) }
  }

  /// Flushes all and tells the digests; the file still has its temporary name.
  public func finish() throws(ArtifactError) -> PendingArtifact {
    try flush(from: 1)
    try compressor.finish()
    try file.close()
    let (fileSHA256, fileBytes) = fileDigest.finish()
    let content = Manifest.Content(
      rows: rows, contentSHA256: contentDigest.finish(), contentBytes: contentBytes,
      fileSHA256: fileSHA256, fileBytes: fileBytes)
    return PendingArtifact(
      file: file, schema: Row.schema.identifier, artifact: Row.schema.fileName, content: content)
  }
}

/// Digest and length of what goes to a file.
private final class FileDigest {
  private let digest = SHA256()
  private var bytes = 0

  func update(_ buffer: UnsafeRawBufferPointer) {
    digest.update(buffer)
    bytes += buffer.count
  }

  func finish() -> (sha256: String, bytes: Int) { (digest.finish(), bytes) }
}

/// A whole artifact under its temporary name, waiting for its stage to succeed.
public final class PendingArtifact {
  public let content: Manifest.Content
  public let schema: String
  public let artifact: String
  private let file: AtomicFile

  init(file: AtomicFile, schema: String, artifact: String, content: Manifest.Content) {
    self.file = file
    self.schema = schema
    self.artifact = artifact
    self.content = content
  }

  public var path: String { file.path }

  /// Where its bytes are until it is committed.
  public var temporaryPath: String { file.temporaryPath }

  /// Renames the artifact into place and writes its manifest beside it, unless another file of its
  /// folder tells what a manifest would (as a data package does).
  @discardableResult
  public func commit(
    _ lineage: Lineage, hasManifest: Bool = true
  ) throws(ArtifactError) -> Manifest {
    let manifest = Manifest(
      schema: schema, artifact: artifact, content: content, lineage: lineage)
    try file.commit()
    guard hasManifest else { return manifest }
    let manifestPath = String(path.dropLast(artifact.count)) + Manifest.fileName(for: artifact)
    try FileBytes.write(manifest.json.prettyBytes, to: manifestPath)
    return manifest
  }
}

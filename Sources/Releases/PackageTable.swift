import Artifact
import Digests

extension PublishedPackage {
  /// Reads a table row by row, the columns that are asked for, and checks the digest of its content.
  ///
  /// - Parameters:
  ///   - table: its name; where the package has no such table, nothing is read.
  ///   - columns: names of columns; one that the package does not have is always nil.
  ///   - body: is given a cell a column, in that order; nil is unknown.
  func read(
    _ table: String, _ columns: [String], _ body: ([String?]) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    guard let description = tables[table] else { return }
    let path = path(of: description)
    guard description.path.hasSuffix(".csv.gz") else {
      throw ArtifactError(
        .wrongSchema, file: path, expected: "a table of CSV", found: description.path,
        remedy: Self.remedy)
    }
    let places = columns.map { column in
      description.columns.firstIndex { $0.name == column }
    }
    var lines = TableLines(try ByteSource(path: path), path: path)
    guard let header = try lines.next() else {
      throw ArtifactError(.empty, file: path, expected: "a header", found: "nothing")
    }
    let expected = description.columns.map(\.name)
    let names = try Self.cells(of: header, row: 0, path: path).map { $0 ?? "" }
    guard names == expected else {
      throw ArtifactError(
        .wrongSchema, file: path, expected: "the header \(expected.joined(separator: ","))",
        found: EscapedText.escape(String(names.joined(separator: ",").prefix(400))),
        remedy: Self.remedy)
    }
    var row = 0
    while let line = try lines.next() {
      row += 1
      let cells = try Self.cells(of: line, row: row, path: path)
      guard cells.count == expected.count else {
        throw ArtifactError(
          .malformedRow, file: path, row: row, expected: "\(expected.count) cells",
          found: "\(cells.count)", remedy: Self.remedy)
      }
      try body(places.map { place in place.flatMap { cells[$0] } })
    }
    let found = lines.contentSHA256()
    guard found == description.contentSHA256 else {
      throw ArtifactError(
        .manifestMismatch, file: path, expected: "content \(description.contentSHA256)",
        found: "content \(found)", remedy: Self.remedy)
    }
  }

  /// The texts of a record of RFC 4180, of which a published table has one a line; nil where empty.
  static func cells(
    of line: [UInt8], row: Int, path: String
  ) throws(ArtifactError) -> [String?] {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    var cells: [String?] = []
    var position = 0
    repeat {
      var cell: [UInt8] = []
      if position < line.count, line[position] == quote {
        position += 1
        while true {
          guard let end = line[position...].firstIndex(of: quote) else {
            throw ArtifactError(
              .malformedRow, file: path, row: row, expected: "a quote that closes a cell",
              found: "the end of the line", remedy: remedy)
          }
          cell += line[position..<end]
          position = end + 1
          guard position < line.count, line[position] == quote else { break }
          cell.append(quote)
          position += 1
        }
      } else {
        let end = line[position...].firstIndex(of: comma) ?? line.count
        cell += line[position..<end]
        position = end
      }
      guard position == line.count || line[position] == comma else {
        throw ArtifactError(
          .malformedRow, file: path, row: row, expected: "a comma behind a quoted cell",
          found: "further bytes", remedy: remedy)
      }
      let text = String(decoding: cell, as: UTF8.self)
      cells.append(text.isEmpty ? nil : EscapedText.unescape(text) ?? text)
      position += 1
    } while position <= line.count
    return cells
  }
}

/// Lines of a compressed table, without their ends.
private struct TableLines {
  private static let limit = 64 << 20

  private let source: ByteSource
  private let path: String
  private let digest = SHA256()
  private var rest: [UInt8] = []
  private var position = 0

  init(_ source: ByteSource, path: String) {
    self.source = source
    self.path = path
  }

  mutating func next() throws(ArtifactError) -> [UInt8]? {
    while true {
      if let end = rest[position...].firstIndex(of: 0x0a) {
        defer { position = end + 1 }
        return Array(rest[position..<end])
      }
      rest.removeFirst(position)
      position = 0
      guard rest.count <= Self.limit else {
        throw ArtifactError(
          .lineTooLong, file: path, expected: "a line of at most \(Self.limit) bytes",
          found: "a longer one", remedy: PublishedPackage.remedy)
      }
      guard let chunk = try source.next() else {
        if rest.isEmpty { return nil }
        throw ArtifactError(
          .truncated, file: path, expected: "a line end after the last row", found: "none",
          remedy: PublishedPackage.remedy)
      }
      chunk.withUnsafeBytes { digest.update($0) }
      rest += chunk
    }
  }

  /// Digest of all that was read.
  func contentSHA256() -> String { digest.finish() }
}

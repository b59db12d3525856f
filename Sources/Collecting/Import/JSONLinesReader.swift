import Artifact
import StageKit

/// Reads a file of one JSON object a line: memory holds one line.
struct JSONLinesReader {
  /// Longest line, and most lines.
  static let lineLimit = 16 << 20
  static let countLimit = 10_000_000

  private let file: ForeignFile
  private var chunk: ArraySlice<UInt8> = []
  private var isAtEnd = false
  /// 1-based number of the line last read: the row's number in messages.
  private(set) var line = 0
  /// Rows returned.
  private(set) var count = 0

  init(_ file: ForeignFile) {
    self.file = file
  }

  /// The next line that is not empty; nil after the last.
  mutating func next() throws(StageError) -> ForeignLine? {
    while let bytes = try nextLine() {
      line += 1
      if bytes.allSatisfy(\.isWhiteSpace) { continue }
      guard count < Self.countLimit else { throw bad("at most \(Self.countLimit) rows", "more") }
      count += 1
      return ForeignLine(bytes: bytes, file: file.path, number: line)
    }
    return nil
  }

  /// Without its line end; nil at the end of the file.
  private mutating func nextLine() throws(StageError) -> [UInt8]? {
    var bytes: [UInt8] = []
    while !isAtEnd {
      if let end = chunk.firstIndex(of: UInt8(ascii: "\n")) {
        bytes += chunk[..<end]
        chunk = chunk[(end + 1)...]
        return try bounded(bytes)
      }
      bytes += chunk
      chunk = []
      bytes = try bounded(bytes)
      if let more = try file.next() { chunk = more[...] } else { isAtEnd = true }
    }
    return bytes.isEmpty ? nil : bytes
  }

  private func bounded(_ bytes: [UInt8]) throws(StageError) -> [UInt8] {
    if bytes.count <= Self.lineLimit { return bytes }
    throw StageError(
      .badInput, place: "\(file.path), row \(line + 1)",
      expected: "a row of at most \(Self.lineLimit) bytes", found: "a longer one",
      remedy: "correct the file")
  }

  /// The error of a file in which there is none of what is wanted.
  func nothing(_ expected: String) -> StageError {
    StageError(
      .badInput, place: file.path, expected: expected, found: "none in \(count) rows",
      remedy: "check the file, and the network in pipeline.json (collect.network)")
  }

  private func bad(_ expected: String, _ found: String) -> StageError {
    StageError(
      .badInput, place: "\(file.path), row \(line)", expected: expected, found: found,
      remedy: "correct the row or remove it")
  }
}

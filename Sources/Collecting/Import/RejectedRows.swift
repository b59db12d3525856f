import Artifact
import StageKit

/// Rows of a foreign scan that cannot be read: the first ends the import, or all are put aside.
final class RejectedRows {
  private let file: AtomicFile?
  /// By file.
  private(set) var counts: [String: Int] = [:]
  private(set) var first: RowError?

  /// - Parameter path: where rejected rows go, one JSON object a line; nil: none may be.
  init(path: String?) throws(ArtifactError) {
    if let path { file = try AtomicFile(path: path) } else { file = nil }
  }

  var count: Int { counts.values.reduce(0, +) }

  /// - Throws: the error itself where no row may be rejected.
  func take(_ error: RowError) throws {
    guard file != nil else { throw error.stageError }
    try note(error)
  }

  /// Puts a row aside that ends nothing anyway.
  func note(_ error: RowError) throws(ArtifactError) {
    first = first ?? error
    guard let file else { return }
    counts[error.file, default: 0] += 1
    try (error.json.canonicalBytes + [UInt8(ascii: "\n")]).withRawBytes {
      buffer throws(ArtifactError) in try file.write(buffer)
    }
  }

  /// Lets the file appear, also where nothing else was taken: it says why.
  func finish() throws(ArtifactError) {
    try file?.close()
    try file?.commit()
  }
}

import Artifact
import Foundation
import Records

/// What a scan has seen so far, on disk: a row a line, in the order of events.
///
/// Memory holds a key and a place a row; `close` then gives them back in the artifact's order.
/// Confined to the actor or function that owns it.
final class ScanJournal {
  private let path: String
  private let descriptor: Int32
  private var places: [(key: SortKey, offset: Int, count: Int)] = []
  private var end = 0
  /// DER by SHA-256: each certificate once.
  private(set) var certificates: [String: [UInt8]] = [:]

  init(folder: String) throws(ArtifactError) {
    path = folder + "/journal.jsonl"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ArtifactError(
        .cannotCreate, file: path, expected: "a file that can be created",
        found: systemErrorText(errno))
    }
  }

  deinit {
    Foundation.close(descriptor)
  }

  func append(_ connection: Connection) throws(ArtifactError) {
    try append(connection, key: connection.sortKey)
  }

  /// - Parameter key: decides the order; the row's own where attempts are numbered already.
  func append(_ connection: Connection, key: SortKey) throws(ArtifactError) {
    let bytes = Array(RowEncoder.text(of: connection).utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        pwrite(
          descriptor, raw.baseAddress?.advanced(by: written), bytes.count - written,
          off_t(end + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("a file that can be written") }
      written += count
    }
    places.append((key, end, bytes.count))
    end += bytes.count
  }

  func append(certificate der: [UInt8]) throws(ArtifactError) {
    certificates[ContentDigest.hex(der)] = der
  }

  /// What was written, for reading; nothing more is appended then.
  func close() -> ClosedJournal {
    ClosedJournal(
      path: path, places: places.sorted { $0.key < $1.key }.map { ($0.offset, $0.count) },
      certificates: certificates)
  }

  private func failure(_ expected: String) -> ArtifactError {
    ArtifactError(
      .inputOutput, file: path, expected: expected, found: systemErrorText(errno))
  }
}

/// A journal that is complete.
struct ClosedJournal: Sendable {
  private let path: String
  /// In the order of the artifact.
  private let places: [(offset: Int, count: Int)]
  /// DER by SHA-256.
  let certificates: [String: [UInt8]]

  init(path: String, places: [(offset: Int, count: Int)], certificates: [String: [UInt8]]) {
    self.path = path
    self.places = places
    self.certificates = certificates
  }

  /// Hands every row to `body` in the order of the artifact.
  func forEachRow(
    _ body: (Connection) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("a file that can be read") }
    defer { Foundation.close(descriptor) }
    for place in places {
      var bytes = [UInt8](repeating: 0, count: place.count)
      var read = 0
      while read < place.count {
        let count = bytes.withUnsafeMutableBytes { raw in
          pread(
            descriptor, raw.baseAddress?.advanced(by: read), place.count - read,
            off_t(place.offset + read))
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("a file that can be read") }
        read += count
      }
      let row = try bytes.withUnsafeBufferPointer { buffer throws(ArtifactError) in
        try RowDecoder.decode(
          Connection.self, from: UnsafeBufferPointer(rebasing: buffer.dropLast()))
      }
      try body(row)
    }
  }

  func remove() {
    unlink(path)
  }

  private func failure(_ expected: String) -> ArtifactError {
    ArtifactError(
      .inputOutput, file: path, expected: expected, found: systemErrorText(errno))
  }
}

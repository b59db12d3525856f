import Artifact
import Foundation

/// Rows in canonical JSON, a line each, in a file that grows. Confined to its owner while it grows;
/// reading moves no position.
final class LineFile: Sendable {
  private let path: String
  private let descriptor: Int32
  private nonisolated(unsafe) var end = 0

  init(path: String, isNew: Bool) throws(ArtifactError) {
    self.path = path
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | (isNew ? O_TRUNC : 0)
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else {
      throw ArtifactError(
        .cannotCreate, file: path, expected: "a file that can be created",
        found: systemErrorText(errno))
    }
  }

  deinit {
    close(descriptor)
  }

  /// Writes a row behind the others; one that does not fit on the disk leaves no part behind.
  func append(_ row: some ArtifactRow) throws(ArtifactError) -> ScanJournal.FileSpan {
    let bytes = Array(RowEncoder.text(of: row).utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        pwrite(
          descriptor, raw.baseAddress?.advanced(by: written), bytes.count - written,
          off_t(end + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = failure("a file that can be written")
        ftruncate(descriptor, off_t(end))
        throw failure
      }
      written += count
    }
    defer { end += bytes.count }
    return ScanJournal.FileSpan(offset: end, count: bytes.count)
  }

  func row<Row: ArtifactRow>(
    _ type: Row.Type, at place: ScanJournal.FileSpan
  ) throws(ArtifactError) -> Row {
    try Self.decode(Row.self, try line(at: place))
  }

  /// A row's bytes with their line end.
  func line(at place: ScanJournal.FileSpan) throws(ArtifactError) -> [UInt8] {
    let bytes = try read(place.offset, place.count)
    guard bytes.count == place.count else { throw failure("a file that can be read") }
    return bytes
  }

  /// Hands every row to `body` and cuts off a last one without its line end: a kill left it so.
  ///
  /// - Throws: where a whole line is no row.
  func forEach<Row: ArtifactRow>(
    _ type: Row.Type, _ body: (Row, ScanJournal.FileSpan) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    var pending: [UInt8] = []
    end = 0
    var position = 0
    while true {
      let piece = try read(position, 1 << 20)
      position += piece.count
      pending += piece
      var start = 0
      while let newline = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let count = newline + 1 - start
        let row = try Self.decode(Row.self, Array(pending[start...newline]))
        try body(row, ScanJournal.FileSpan(offset: end, count: count))
        end += count
        start = newline + 1
      }
      pending.removeFirst(start)
      if piece.isEmpty { return cutOff() }
    }
  }

  private func cutOff() {
    ftruncate(descriptor, off_t(end))
  }

  private static func decode<Row: ArtifactRow>(
    _ type: Row.Type, _ line: [UInt8]
  ) throws(ArtifactError) -> Row {
    try line.withUnsafeBufferPointer { buffer throws(ArtifactError) in
      try RowDecoder.decode(Row.self, from: UnsafeBufferPointer(rebasing: buffer.dropLast()))
    }
  }

  /// At most that many bytes; fewer at the end of the file.
  private func read(_ offset: Int, _ most: Int) throws(ArtifactError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    var read = 0
    while read < most {
      let count = bytes.withUnsafeMutableBytes { raw in
        pread(descriptor, raw.baseAddress?.advanced(by: read), most - read, off_t(offset + read))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("a file that can be read") }
      if count == 0 { break }
      read += count
    }
    bytes.removeLast(most - read)
    return bytes
  }

  private func failure(_ expected: String) -> ArtifactError {
    ArtifactError(.inputOutput, file: path, expected: expected, found: systemErrorText(errno))
  }
}

import Artifact
import Digests
import Foundation
import Ordering
import Records

/// What a scan has seen so far, on disk: a row a line, in the order of events.
///
/// Memory holds a key and a place a row; `close` then gives them back in the artifact's order. A scan
/// that ends before its time finds everything here again. Confined to the actor or function that
/// owns it.
final class ScanJournal {
  /// Where a row stands in its file.
  struct FileSpan: Sendable, Equatable {
    let offset: Int
    let count: Int
  }

  private let folder: String
  private let rows: LineFile
  private let certificateLines: LineFile
  private let resolutionLines: LineFile
  private var places: [(key: SortKey, place: FileSpan)] = []
  /// DER by SHA-256: each certificate once.
  private(set) var certificates: [String: [UInt8]] = [:]
  private var logs = 0

  /// A journal of a scan that begins, in a folder that is there.
  init(folder: String) throws(ArtifactError) {
    self.folder = folder
    rows = try LineFile(path: folder + "/journal.jsonl", isNew: true)
    certificateLines = try LineFile(path: folder + "/journal-certificates.jsonl", isNew: true)
    resolutionLines = try LineFile(path: folder + "/journal-resolutions.jsonl", isNew: true)
    try FileBytes.createFolder(logFolder)
  }

  /// The journal of a scan that was interrupted, with what it had seen.
  init(resuming folder: String, _ earlier: inout EarlierRun) throws(ArtifactError) {
    self.folder = folder
    rows = try LineFile(path: folder + "/journal.jsonl", isNew: false)
    certificateLines = try LineFile(path: folder + "/journal-certificates.jsonl", isNew: false)
    resolutionLines = try LineFile(path: folder + "/journal-resolutions.jsonl", isNew: false)
    try FileBytes.createFolder(logFolder)
    try rows.forEach(Connection.self) { row, place in
      if row.outcome.isTested { places.append((row.sortKey, place)) }
      earlier.add(row, at: place)
    }
    try certificateLines.forEach(CertificateEvidence.self) { row, _ in
      certificates[row.sha256] = row.derBase64.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
    try resolutionLines.forEach(NameResolution.self) { row, _ in earlier.add(row) }
    try readLogs(&earlier)
  }

  /// Where connections under way keep their evidence.
  private var logFolder: String { folder + "/under-way" }

  private func readLogs(_ earlier: inout EarlierRun) throws(ArtifactError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: logFolder)) ?? []
    for name in names.sorted() {
      let path = "\(logFolder)/\(name)"
      logs = max(logs, Int(name) ?? 0)
      guard let contents = AttemptLog.read(path) else {
        unlink(path)
        continue
      }
      earlier.add(log: path, of: contents.row)
    }
  }

  /// A path for the evidence of the next connection.
  func nextLog() -> String {
    logs += 1
    return "\(logFolder)/\(logs)"
  }

  @discardableResult
  func append(_ connection: Connection) throws(ArtifactError) -> FileSpan {
    try append(connection, key: connection.sortKey)
  }

  /// - Parameter key: decides the order; the row's own where attempts are numbered already.
  @discardableResult
  func append(_ connection: Connection, key: SortKey) throws(ArtifactError) -> FileSpan {
    let place = try rows.append(connection)
    places.append((key, place))
    return place
  }

  func append(certificate der: [UInt8]) throws(ArtifactError) {
    let digest = SHA256.hex(der)
    if certificates[digest] != nil { return }
    certificates[digest] = der
    _ = try certificateLines.append(
      CertificateEvidence(sha256: digest).with {
        $0.derBase64 = Data(der).base64EncodedString()
      })
  }

  func append(_ resolution: NameResolution) throws(ArtifactError) {
    _ = try resolutionLines.append(resolution)
  }

  func row(at place: FileSpan) throws(ArtifactError) -> Connection {
    try rows.row(Connection.self, at: place)
  }

  /// Removes all that stood in a scan's folder for the time until the scan was whole.
  static func remove(from folder: String) {
    let names = [
      "journal.jsonl", "journal-certificates.jsonl", "journal-resolutions.jsonl", "under-way",
      ScanHeader.fileName,
    ]
    for name in names where access("\(folder)/\(name)", F_OK) == 0 {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// What was written, for reading; nothing more is appended then.
  func close() -> ClosedJournal {
    ClosedJournal(
      rows: rows, places: places.sorted { $0.key < $1.key }, certificates: certificates)
  }
}

/// A journal that is complete.
struct ClosedJournal: Sendable {
  private let rows: LineFile
  /// In the order of the artifact.
  private let places: [(key: SortKey, place: ScanJournal.FileSpan)]
  /// DER by SHA-256.
  let certificates: [String: [UInt8]]

  init(
    rows: LineFile, places: [(key: SortKey, place: ScanJournal.FileSpan)],
    certificates: [String: [UInt8]]
  ) {
    self.rows = rows
    self.places = places
    self.certificates = certificates
  }

  /// Hands every row to `body` in the order of the artifact.
  func forEachRow(
    _ body: (Connection) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    for (_, place) in places { try body(try rows.row(Connection.self, at: place)) }
  }

  /// Hands over every row as it was written: canonical bytes with their line end.
  func forEachLine(
    _ body: ([UInt8], SortKey) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    for (key, place) in places { try body(try rows.line(at: place), key) }
  }
}

package import Artifact
import Foundation
import Ordering
package import Records
package import StageKit
package import Timekeeping

/// A scan's folder: made under another name, renamed into place when everything is in it.
package struct ScanFolder {
  private static let prefix = ".partial-"

  package let name: String
  package let startedAt: UTCTime
  private let raw: String

  /// Where the scan is being written.
  var path: String { "\(raw)/\(Self.prefix)\(name)" }

  /// Where the scan is to be seen.
  private var place: String { "\(raw)/\(name)" }

  /// - Parameter start: nil: now.
  package init(
    in raw: String, vantage: String, at start: UTCTime? = nil
  ) throws(ArtifactError) {
    self.raw = raw
    startedAt = start ?? .now()
    name = ScanName.free(in: raw, at: startedAt, vantage: vantage)
    try FileBytes.createFolder(path)
  }

  /// - Parameter name: given, of an import.
  init(in raw: String, name: String) throws(StageError) {
    self.raw = raw
    self.name = name
    startedAt = .now()
    guard SeriesIndex.isScanName(name) else {
      throw StageError(
        .usage, place: "--scan", expected: "letters, digits, '-', '_' or '.'",
        found: "\"\(EscapedText.escape(name))\"", remedy: "choose another name")
    }
    guard access("\(raw)/\(name)", F_OK) != 0 else {
      throw StageError(
        .cannotCreate, place: "\(raw)/\(name)", expected: "a scan that is not there yet",
        found: "one of this name", remedy: "choose another with --scan; evidence is never replaced")
    }
    do throws(ArtifactError) {
      try FileBytes.createFolder(path)
    } catch {
      throw StageError(
        .cannotCreate, place: path, expected: error.expected, found: error.found,
        remedy: error.remedy)
    }
  }

  /// The folder of a scan that was interrupted.
  init(in raw: String, _ header: ScanHeader) {
    self.raw = raw
    name = header.name
    startedAt = header.startedAt
  }

  /// Paths of what runs have left behind that did not come to their end.
  static func leftovers(in raw: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: raw)) ?? []
    return names.filter { $0.hasPrefix(prefix) }.sorted().map { "\(raw)/\($0)" }
  }

  /// Removes what a killed run left and no run can go on with; the caller holds the dataset's lock.
  package static func removeLeftovers(in raw: String) {
    for path in leftovers(in: raw) where ScanHeader(folder: path) == nil {
      try? FileManager.default.removeItem(atPath: path)
    }
    // Killed between its appearance and its end.
    for name in scans(in: raw) { ScanJournal.remove(from: "\(raw)/\(name)") }
  }

  package func discard() {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a crawl's artifacts and manifests, and makes the scan visible. Where that fails the folder
  /// stays, for a run that goes on with it.
  ///
  /// - Parameters:
  ///   - rows: appends the connections in their order.
  ///   - certificates: DER by SHA-256.
  package func write(
    _ record: ScanRecord, plan: ScanPlan, context: StageContext,
    certificates: [String: [UInt8]],
    rows: (ArtifactWriter<Connection>) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    let scan = context.nested(output: path)
    for reference in plan.references {
      try scan.record(reference: reference.name, path: reference.path)
    }
    let connections = try scan.writer(Connection.self)
    try rows(connections)
    try scan.finish(connections)
    try scan.write(
      certificates.map { digest, der in
        CertificateEvidence(sha256: digest).with {
          $0.derBase64 = Data(der).base64EncodedString()
        }
      })
    try scan.write(plan.target.bootstrap.flatMap { $0.listings(heardAt: startedAt) })
    try scan.write(record.result.resolutions)
    scan.observation = record.observation(plan).json
    try publish(scan)
    ScanJournal.remove(from: place)
  }

  /// Commits the artifacts, renames the folder into place, and brings the series up to date.
  func publish(_ scan: StageContext) throws(ArtifactError) {
    try scan.commit()
    try Self.reveal([self])
  }

  /// Renames whole folders into place, all or none, and brings their series up to date.
  static func reveal(_ folders: [ScanFolder]) throws(ArtifactError) {
    for (index, folder) in folders.enumerated() {
      if rename(folder.path, folder.place) == 0 { continue }
      let found = systemErrorText(errno)
      for earlier in folders[..<index] { _ = rename(earlier.place, earlier.path) }
      for each in folders where ScanHeader(folder: each.path) == nil { each.discard() }
      throw ArtifactError(
        .inputOutput, file: folder.place, expected: "a folder that can be renamed", found: found)
    }
    if let raw = folders.first?.raw { try writeSeries(raw) }
  }

  /// Every scan that is there whole, whatever an older index says; in no order.
  package static func scans(in raw: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: raw)) ?? []
    return names.filter { name in
      SeriesIndex.isScanName(name)
        && access("\(raw)/\(name)/\(ScanStage.identity.manifestName)", F_OK) == 0
    }
  }

  private static func writeSeries(_ raw: String) throws(ArtifactError) {
    try SeriesIndex(scans: scans(in: raw)).write(folder: raw)
  }
}

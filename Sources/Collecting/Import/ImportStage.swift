import Artifact
import ElectrumProtocol
import Foundation
import Logging
import Records
public import StageKit

/// What the command line asks of `collect import`.
public struct ImportRequest: Sendable {
  /// File or folder of the foreign scan.
  public var path: String
  public var output: String
  /// nil: recognised from the contents.
  public var format: ImportFormat?
  /// nil: named after the contents. Of a history of lists: what follows the time in each name.
  public var scan: String?

  public init(path: String, output: String, format: ImportFormat? = nil, scan: String? = nil) {
    self.path = path
    self.output = output
    self.format = format
    self.scan = scan
  }
}

/// Turns a foreign scan into scans of ours. What it never asked stays unknown.
public struct ImportStage {
  private let request: ImportRequest
  private let network: BitcoinNetwork

  /// - Parameter parameters: say which network the foreign scan is of, where its format does not.
  public init(_ request: ImportRequest, _ parameters: CollectParameters) {
    self.request = request
    network = parameters.network
  }

  public func run(_ context: StageContext) throws {
    ScanFolder.removeLeftovers(in: context.output)
    var source = try source()
    let workspace = try ScanFolder(in: context.output, name: "import-\(getpid())")
    defer { workspace.discard() }
    let scans = try source.read(workspace.path)
    try context.checkInterruption()
    try write(scans, source.format, context)
  }

  private func source() throws(StageError) -> any ImportSource {
    guard access(request.path, R_OK) == 0 else {
      throw StageError(
        .missingInput, place: request.path, expected: "a foreign scan",
        found: systemErrorText(errno), remedy: "check the path")
    }
    let format: ImportFormat?
    if let given = request.format {
      format = given
    } else {
      format = try ImportFormat(recognising: request.path)
    }
    switch format {
    case .original:
      if let scan = OriginalScan(folder: request.path) { return scan }
    case .jsonl: return HostRowsFile(path: request.path, network: network)
    case .servers: return ServerListFile(path: request.path, network: network)
    case .history: return ServerListHistory(path: request.path, network: network)
    case nil: break
    }
    let files = OriginalScan.files.map { $0 + ".json" }.joined(separator: ", ")
    throw StageError(
      .badInput, place: request.path,
      expected: "a scan in a known format: original (a folder with \(files)), jsonl, servers or "
        + "history (a file), all plain or .gz",
      found: "none of these", remedy: "check the path; the article Foreign-Scans has the formats")
  }

  /// Writes all scans under other names first, so that either all of them appear or none does.
  private func write(
    _ scans: [ImportedScan], _ format: ImportFormat, _ context: StageContext
  ) throws {
    var folders: [ScanFolder] = []
    do {
      for scan in scans {
        try context.checkInterruption()
        let name = scan.name(format, suffix: request.scan)
        let folder = try ScanFolder(in: context.output, name: name)
        folders.append(folder)
        try write(scan, format, to: folder, context)
      }
    } catch {
      for folder in folders { folder.discard() }
      throw error
    }
    try ScanFolder.reveal(folders)
    for (scan, folder) in zip(scans, folders) {
      let rows = scan.rows.values.reduce(0, +)
      context.logger.notice("\(folder.name): \(rows) rows imported")
    }
  }

  private func write(
    _ imported: ImportedScan, _ format: ImportFormat, to folder: ScanFolder,
    _ context: StageContext
  ) throws(ArtifactError) {
    let scan = context.nested(output: folder.path)
    for source in imported.sources { scan.record(input: source) }
    let connections = try scan.writer(Connection.self)
    var last: Connection?
    try imported.attempts?.forEachRow { row throws(ArtifactError) in
      var row = row
      row.attempt = last.map { $0.isSameEndpoint(as: row) ? $0.attempt + 1 : 1 } ?? 1
      try connections.append(row)
      last = row
    }
    try scan.finish(connections)
    try scan.write(imported.certificates)
    try scan.write(imported.listings)
    try scan.write(imported.resolutions)
    scan.observation = imported.observation(format, name: folder.name).json
    try scan.commit()
  }
}

extension Connection {
  fileprivate func isSameEndpoint(as other: Connection) -> Bool {
    network == other.network && address == other.address && host == other.host
      && port == other.port && transport == other.transport
  }
}

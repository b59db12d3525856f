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
  /// Where rows go that cannot be read; nil: the first of them ends the import.
  public var rejects: String?

  public init(
    path: String, output: String, format: ImportFormat? = nil, scan: String? = nil,
    rejects: String? = nil
  ) {
    self.path = path
    self.output = output
    self.format = format
    self.scan = scan
    self.rejects = rejects
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
    let rejected = try RejectedRows(path: request.rejects)
    var scans: [ImportedScan]
    do {
      scans = try source.read(workspace.path, rejected)
    } catch {
      if rejected.count > 0 { try rejected.finish() }
      throw error
    }
    try context.checkInterruption()
    if rejected.count > 0 {
      for index in scans.indices { scans[index].particulars.rowsRejected = rejected.counts }
    }
    try write(scans, source.format, context)
    try rejected.finish()
    tell(rejected, scans, context)
  }

  private func tell(
    _ rejected: RejectedRows, _ scans: [ImportedScan], _ context: StageContext
  ) {
    if let path = request.rejects, rejected.count > 0 {
      context.logger.warning("\(rejected.count) rows rejected, with their reasons in \(path)")
    }
    let states = scans.first?.particulars.statesRejected ?? []
    for state in states.prefix(10) { context.logger.warning("state left out: \(state)") }
    if states.count > 10 {
      context.logger.warning("\(states.count - 10) more states left out: the manifest has all")
    }
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
    if let scan = scan(format) { return scan }
    let files = OriginalScan.files.map { $0 + ".json" }.joined(separator: ", ")
    throw StageError(
      .badInput, place: request.path,
      expected: "a scan in a known format: original (a folder with \(files)), jsonl, servers or "
        + "history (a file), all plain or .gz",
      found: try ImportFormat.description(of: request.path),
      remedy: "check the path; the article Foreign-Scans has the formats")
  }

  private func scan(_ format: ImportFormat?) -> (any ImportSource)? {
    switch format {
    case .original: OriginalScan(folder: request.path)
    case .jsonl: HostRowsFile(path: request.path, network: network)
    case .servers: ServerListFile(path: request.path, network: network)
    case .history: ServerListHistory(path: request.path, network: network)
    case nil: nil
    }
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

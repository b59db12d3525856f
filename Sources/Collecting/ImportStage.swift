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
  /// nil: named after the contents.
  public var scan: String?

  public init(path: String, output: String, format: ImportFormat? = nil, scan: String? = nil) {
    self.path = path
    self.output = output
    self.format = format
    self.scan = scan
  }
}

/// The foreign formats that are read.
public enum ImportFormat: String, Sendable, CaseIterable {
  /// The four JSON files of the original observatory.
  case original
}

/// Turns a foreign scan into a scan of ours. What it never asked stays unknown.
public struct ImportStage {
  private let request: ImportRequest

  public init(_ request: ImportRequest) {
    self.request = request
  }

  public func run(_ context: StageContext) throws {
    ScanFolder.removeLeftovers(in: context.output)
    var scan = try recognised()
    let reading = try ScanFolder(in: context.output, name: "import-\(getpid())")
    defer { reading.discard() }
    let journal = try ScanJournal(folder: reading.path)
    try scan.read(into: journal)
    try context.checkInterruption()
    let name = request.scan ?? Self.name(scan.sources)
    try write(scan, journal.close(), to: ScanFolder(in: context.output, name: name), context)
    context.logger.notice("\(name): \(scan.rows["online_peers"] ?? 0) attempts imported")
  }

  private func recognised() throws(StageError) -> OriginalScan {
    guard access(request.path, F_OK) == 0 else {
      throw StageError(
        .missingInput, place: request.path, expected: "a foreign scan",
        found: systemErrorText(errno), remedy: "check the path")
    }
    if let scan = OriginalScan(folder: request.path) { return scan }
    let files = OriginalScan.files.map { $0 + ".json" }.joined(separator: ", ")
    throw StageError(
      .badInput, place: request.path,
      expected: "a scan in a known format: original (a folder with \(files), plain or .gz)",
      found: "none of these", remedy: "check the path; see collect import --help")
  }

  /// Such a scan does not say when it was made: its name is made from its contents.
  private static func name(_ sources: [Manifest.Source]) -> String {
    let digests = sources.map(\.sha256).sorted().joined()
    return "original-\(ContentDigest.hex(digests.utf8).prefix(12))"
  }

  private func write(
    _ original: OriginalScan, _ journal: ClosedJournal, to folder: ScanFolder,
    _ context: StageContext
  ) throws(ArtifactError) {
    do throws(ArtifactError) {
      let scan = context.nested(output: folder.path)
      for source in original.sources { scan.record(input: source) }
      let connections = try scan.writer(Connection.self)
      var last: Connection?
      try journal.forEachRow { row throws(ArtifactError) in
        var row = row
        row.attempt = last.map { $0.isSameEndpoint(as: row) ? $0.attempt + 1 : 1 } ?? 1
        try connections.append(row)
        last = row
      }
      try scan.finish(connections)
      try scan.write(original.certificateEvidence)
      try scan.write(original.distinctListings)
      try scan.write([NameResolution]())
      scan.observation = Self.observation(original, folder.name)
      try folder.publish(scan)
    } catch {
      folder.discard()
      throw error
    }
  }

  private static func observation(_ scan: OriginalScan, _ name: String) -> JSONValue {
    func texts(_ items: [String]) -> JSONValue { .array(items.map { .string($0) }) }
    return .object([
      ("asked", texts(["server.version", "server.banner", "server.peers.subscribe"])),
      ("cause", .null), ("complete", .boolean(true)), ("format", .string("original")),
      ("imported", .boolean(true)),
      (
        "left_out",
        texts([
          "fingerprints: hashes of Python's repr, answers to invalid addresses",
          "geo_cache", "honeypot_scores", "latencies", "online_peers.latency_ms",
          "tls_clusters",
        ])
      ),
      ("network", .string(BitcoinNetwork.mainnet.rawValue)),
      (
        "not_asked",
        texts([
          "addresses without a route: IPv6 and onion", "every port but 50001 and 50002",
          "every probe but those under asked", "the certificates themselves and their chains",
          "times", "which server advertised which peer",
        ])
      ),
      ("rows", .object(scan.rows.map { ($0.key, .integer($0.value)) })),
      ("scan", .string(name)),
      ("simulated", .boolean(false)),
      ("started_at", .null),
      ("unattached_certificates", .integer(scan.unattachedCertificates)),
      ("vantage", .string("imported")),
    ])
  }
}

extension Connection {
  fileprivate func isSameEndpoint(as other: Connection) -> Bool {
    network == other.network && address == other.address && host == other.host
      && port == other.port && transport == other.transport
  }
}

import Artifact
import ElectrumProtocol
import Foundation
import Probing
import Records
import StageKit

/// The raw files of the project that this one replaces: what in them is observation.
///
/// Left out, because they are no observations or cannot be repaired: its latencies (they time its own
/// queue and retries), the hashes and verdicts in `fingerprints` (over Python's `repr`, of requests
/// with invalid addresses), its certificate names (always null) and its scores.
struct OriginalScan {
  static let files = ["peers", "online_peers", "fingerprints", "tls_certs"]
  private static let source = "original:peers"

  private let paths: [String: String]
  private(set) var sources: [Manifest.Source] = []
  private(set) var rows: [String: Int] = [:]
  private var listings: [SortKey: Listing] = [:]
  private var certificates: [Place: Set<String>] = [:]
  private var attached: Set<Place> = []

  /// Where a certificate was seen, and where a TLS attempt was made.
  private struct Place: Hashable {
    let host: String
    let port: Int
  }

  /// Nil unless the folder holds the format's files, plain or gzip.
  init?(folder: String) {
    var paths: [String: String] = [:]
    for name in Self.files {
      let candidates = ["\(folder)/\(name).json", "\(folder)/\(name).json.gz"]
      guard let path = candidates.first(where: { access($0, F_OK) == 0 }) else { return nil }
      paths[name] = path
    }
    self.paths = paths
  }

  /// Every distinct peer tuple with the number of its repeats.
  var distinctListings: [Listing] { Array(listings.values) }

  /// Only their digests are known.
  var certificateEvidence: [CertificateEvidence] {
    Set(certificates.values.flatMap { $0 }).map { CertificateEvidence(sha256: $0) }
  }

  /// Certificates at places for which no TLS attempt is listed.
  var unattachedCertificates: Int {
    certificates.filter { !attached.contains($0.key) }.count
  }

  /// Reads everything; connections go to `journal`, each with attempt 0.
  mutating func read(into journal: ScanJournal) throws {
    try forEachRow(of: "peers") { row, scan in try scan.takePeer(row) }
    try forEachRow(of: "tls_certs") { row, scan in try scan.takeCertificate(row) }
    try forEachRow(of: "online_peers") { row, scan in
      let connection = try scan.connection(row)
      try journal.append(connection, key: Self.order(connection))
    }
    try forEachRow(of: "fingerprints") { row, _ in try row.requireObject() }
  }

  private mutating func forEachRow(
    of name: String, _ body: (ForeignRow, inout OriginalScan) throws -> Void
  ) throws {
    guard let path = paths[name] else { return }
    let file = try ForeignFile(path)
    var reader = JSONArrayReader(file)
    while let value = try reader.next() {
      let row = ForeignRow(value: value, file: path, number: reader.row)
      try row.requireObject()
      try body(row, &self)
    }
    sources.append(file.source())
    rows[name] = reader.row
  }

  private mutating func takePeer(_ row: ForeignRow) throws(StageError) {
    let (address, host, features) = try row.tuple("raw")
    let listing = Listing(
      address: address, count: 1, features: features, host: host, source: Self.source,
      sourceKind: .import)
    if var known = listings.removeValue(forKey: listing.sortKey) {
      known.count += 1
      listings[listing.sortKey] = known
    } else {
      listings[listing.sortKey] = listing
    }
  }

  private mutating func takeCertificate(_ row: ForeignRow) throws(StageError) {
    let place = Place(host: try row.text("host"), port: try row.port("port"))
    if let digest = try row.digest("fingerprint_sha256") {
      certificates[place, default: []].insert(digest)
    }
  }

  private mutating func connection(_ row: ForeignRow) throws(StageError) -> Connection {
    let host = try row.text("host")
    var port = try row.port("port")
    let transport: Transport = try row.word("protocol", of: ["tcp", "ssl"]) == "ssl" ? .ssl : .tcp
    // Its fallback after a failed TLS attempt always went to 50001, but it noted the port asked for.
    if transport == .tcp, port == 50002 { port = 50001 }
    let version = try row.text("version_raw")
    let banner = try row.text("banner_raw")
    let place = Place(host: host, port: port)
    let chain = transport == .ssl ? certificates[place]?.sorted() : nil
    if chain != nil { attached.insert(place) }
    let conversation = ImportedConversation(version: version, banner: banner)
    let address = IPAddress(host)
    let isOnion = HostName(host)?.isOnion == true
    return Connection(
      address: address?.text ?? (isOnion ? host.lowercased() : ""), attempt: 0,
      bytesReceived: conversation.received.reduce(0) { $0 + ($1.data?.utf8.count ?? 0) },
      bytesSent: 0, detail: "", exchanges: conversation.exchanges,
      host: address?.text ?? host, network: address?.network ?? (isOnion ? .onion : .unresolved),
      outcome: conversation.outcome, port: port, received: conversation.received,
      tls: chain.map { TLSFacts(chain: $0) }, transport: transport, truncated: false)
  }

  /// Attempts at one endpoint have no times: their order is that of their bytes, so that the order
  /// of the file's rows does not matter.
  private static func order(_ connection: Connection) -> SortKey {
    var key = connection.sortKey
    key.append(ContentDigest.hex(RowEncoder.text(of: connection).utf8))
    return key
  }
}

/// Two replies of a foreign scan, as texts without their line ends.
private struct ImportedConversation {
  let received: [Chunk]
  let exchanges: [Exchange]
  var outcome: Outcome { exchanges.first?.outcome ?? .closedNoReply }

  init(version: String, banner: String) {
    received = [version, banner].filter { !$0.isEmpty }.map { Chunk(data: $0 + "\n") }
    let plan = ProbePlan.basic(clientName: "")
    var line = 0
    exchanges = [("server.version", version), ("server.banner", banner)].compactMap { id, text in
      guard let probe = plan.probes.first(where: { $0.id == id }) else { return nil }
      defer { line += text.isEmpty ? 0 : text.utf8.count { $0 == UInt8(ascii: "\n") } + 1 }
      return Exchange(
        line: text.isEmpty ? nil : line,
        outcome: ReplyClassifier.outcome(ofText: text, to: probe), probe: id)
    }
  }
}

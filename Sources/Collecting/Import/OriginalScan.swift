import Addressing
import Artifact
import ElectrumProtocol
import Foundation
import Records
import StageKit

/// The raw files of the project that this one replaces: what in them is observation.
///
/// Left out, because they are no observations or cannot be repaired: its latencies (they time its own
/// queue and retries), the hashes and verdicts in `fingerprints` (over Python's `repr`, of requests
/// with invalid addresses), its certificate names (always null) and its scores.
struct OriginalScan: ImportSource {
  static let files = ["peers", "online_peers", "fingerprints", "tls_certs"]
  private static let source = "original:peers"

  private let paths: [String: String]
  let format = ImportFormat.original
  private var sources: [Manifest.Source] = []
  private var rows: [String: Int] = [:]
  private var listings = ListingTally()
  private var certificates: [HostPort: Set<String>] = [:]
  private var attached: Set<HostPort> = []

  /// Where a certificate was seen, and where a TLS attempt was made.
  private struct HostPort: Hashable {
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

  mutating func read(_ workspace: String) throws -> [ImportedScan] {
    let journal = try ScanJournal(folder: workspace)
    try forEachRow(of: "peers") { row, scan in try scan.takePeer(row) }
    try forEachRow(of: "tls_certs") { row, scan in try scan.takeCertificate(row) }
    try forEachRow(of: "online_peers") { row, scan in
      let connection = try scan.connection(row)
      try journal.append(connection, key: connection.importOrder)
    }
    try forEachRow(of: "fingerprints") { row, _ in try row.requireObject() }
    return [scan(journal.close())]
  }

  private func scan(_ attempts: ClosedJournal) -> ImportedScan {
    var scan = ImportedScan(sources: sources)
    scan.attempts = attempts
    // Only their digests are known.
    scan.certificates = Set(certificates.values.flatMap { $0 }).map {
      CertificateEvidence(sha256: $0)
    }
    scan.listings = listings.all
    scan.replies = .texts
    scan.asked = ["server.version", "server.banner", "server.peers.subscribe"]
    scan.notAsked = [
      "addresses without a route: IPv6 and onion", "every port but 50001 and 50002",
      "every probe but those under asked", "the certificates themselves and their chains",
      "times", "which server advertised which peer",
    ]
    scan.leftOut = [
      "fingerprints: hashes of Python's repr, answers to invalid addresses", "geo_cache",
      "honeypot_scores", "latencies", "online_peers.latency_ms", "tls_clusters",
    ]
    scan.rows = rows
    // Certificates at places for which no TLS attempt is listed.
    let unattached = certificates.filter { !attached.contains($0.key) }.count
    scan.particulars.unattachedCertificates = unattached
    return scan
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
    let listing = Listing(address: address, host: host, source: Self.source, sourceKind: .import)
      .with {
        $0.count = 1
        $0.features = features
      }
    listings.count(listing)
  }

  private mutating func takeCertificate(_ row: ForeignRow) throws(StageError) {
    let place = HostPort(host: try row.text("host"), port: try row.port("port"))
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
    let place = HostPort(host: host, port: port)
    let chain = transport == .ssl ? certificates[place]?.sorted() : nil
    if chain != nil { attached.insert(place) }
    let conversation = ImportedConversation(version: version, banner: banner)
    let address = IPAddress(host)
    let isOnion = HostName(host)?.isOnion == true
    return Connection(
      address: address?.text ?? (isOnion ? host.lowercased() : ""), detail: "",
      host: address?.text ?? host, network: address?.network ?? (isOnion ? .onion : .unresolved),
      outcome: conversation.outcome, transport: transport
    ).with {
      $0.attempt = 0
      $0.bytesReceived = conversation.received.reduce(0) { $0 + $1.bytes.count }
      $0.bytesSent = 0
      $0.exchanges = conversation.exchanges
      $0.port = port
      $0.received = conversation.received
      $0.tls = chain.map { chain in TLSFacts().with { $0.chain = chain } }
      $0.truncated = false
    }
  }
}

/// Two replies of a foreign scan, as texts without their line ends.
private struct ImportedConversation {
  let received: [Chunk]
  let exchanges: [Exchange]
  var outcome: Outcome { exchanges.first?.outcome ?? .closedNoReply }

  init(version: String, banner: String) {
    received = [version, banner].filter { !$0.isEmpty }.map { line in
      Chunk((line + "\n").utf8, atMicroseconds: nil)
    }
    var line = 0
    exchanges = [("server.version", version), ("server.banner", banner)].map { id, text in
      defer { line += text.isEmpty ? 0 : text.utf8.count { $0 == UInt8(ascii: "\n") } + 1 }
      return Exchange(outcome: ImportedReply.outcome(of: text, to: id), probe: id).with {
        $0.line = text.isEmpty ? nil : line
      }
    }
  }
}

import Addressing
import Artifact
import ElectrumProtocol
import Foundation
import Ordering
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

  mutating func read(_ workspace: String, _ rejected: RejectedRows) throws -> [ImportedScan] {
    let journal = try ScanJournal(folder: workspace)
    try forEachRow(of: "peers", rejected) { row, scan throws(RowError) in
      scan.listings.count(try row.read(PeerFields.self, allowsOthers: true).listing(Self.source))
    }
    try forEachRow(of: "tls_certs", rejected) { row, scan throws(RowError) in
      let fields = try row.read(CertificateFields.self, allowsOthers: true)
      guard let digest = fields.digest else { return }
      scan.certificates[HostPort(host: fields.host, port: fields.port), default: []].insert(digest)
    }
    var failure: (any Error)?
    try forEachRow(of: "online_peers", rejected) { row, scan throws(RowError) in
      let connection = try scan.connection(row)
      do { try journal.append(connection, key: connection.importOrder) } catch { failure = error }
    }
    if let failure { throw failure }
    try forEachRow(of: "fingerprints", rejected) { _, _ in }
    if rows.values.allSatisfy({ $0 == 0 }), let error = rejected.first { throw error.stageError }
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
    of name: String, _ rejected: RejectedRows,
    _ body: (ForeignRow, inout OriginalScan) throws(RowError) -> Void
  ) throws {
    guard let path = paths[name] else { return }
    let file = try ForeignFile(path)
    var reader = JSONArrayReader(file)
    var taken = 0
    while let line = try reader.next() {
      do throws(RowError) {
        try body(try line.row(), &self)
        taken += 1
      } catch {
        try rejected.take(error)
      }
    }
    sources.append(file.source())
    rows[name] = taken
  }

  private mutating func connection(_ row: ForeignRow) throws(RowError) -> Connection {
    let fields = try row.read(
      OnlineFields.self, repaired: OnlineFields.texts, allowsOthers: true)
    var port = fields.port
    let transport = fields.transport
    // Its fallback after a failed TLS attempt always went to 50001, but it noted the port asked for.
    if transport == .tcp, port == 50002 { port = 50001 }
    let place = HostPort(host: fields.host, port: port)
    let chain = transport == .ssl ? certificates[place]?.sorted() : nil
    if chain != nil { attached.insert(place) }
    let conversation = ImportedConversation(
      version: row.bytes("version_raw", fields.version),
      banner: row.bytes("banner_raw", fields.banner))
    let (address, host, network) = Self.place(fields.host)
    return Connection(
      address: address, detail: "", host: host, network: network,
      outcome: conversation.outcome, transport: transport
    ).with {
      $0.attempt = 0
      $0.bytesReceived = conversation.byteCount
      $0.bytesSent = 0
      $0.exchanges = conversation.exchanges
      $0.port = port
      $0.received = conversation.received
      $0.tls = chain.map { chain in TLSFacts().with { $0.chain = chain } }
      $0.truncated = false
    }
  }

  /// Address, name and family; a text that is no place is kept as a name.
  private static func place(_ text: String) -> (String, String, AddressFamily) {
    if case .address(let address)? = try? Place(text) {
      return (address.text, address.text, address.network)
    }
    let name = text.lowercased()
    return name.hasSuffix(".onion") ? (name, text, .onion) : ("", text, .unresolved)
  }
}

/// One row of `peers`.
private struct PeerFields: FieldObject {
  private var tuple = JSONValue.null

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "raw", &tuple,
      .json("[address, host, [features]], all texts") {
        guard case .array(let parts) = $0, parts.count == 3, case .string = parts[0],
          case .string = parts[1], case .array(let features) = parts[2]
        else { return false }
        return features.allSatisfy { if case .string = $0 { true } else { false } }
      }, "As the server gave it.")
  }

  func listing(_ source: String) -> Listing {
    var texts: [String] = []
    var features: [String] = []
    if case .array(let parts) = tuple {
      for case .string(let text) in parts { texts.append(text) }
      if case .array(let items)? = parts.last {
        for case .string(let text) in items { features.append(text) }
      }
    }
    return Listing(
      address: texts.first ?? "", host: texts.last ?? "", source: source, sourceKind: .import
    ).with {
      $0.count = 1
      $0.features = features
    }
  }
}

/// One row of `tls_certs`.
private struct CertificateFields: FieldObject {
  var host = ""
  var port = 0
  var digest: String?

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("host", &host, .text, "Host that was asked.")
    f.required("port", &port, .foreignPort, "Port that was asked.")
    f.required(
      "fingerprint_sha256", &digest, .nullable(.sha256), "Of the certificate; null: none.")
  }
}

/// One row of `online_peers`.
private struct OnlineFields: FieldObject {
  /// Whatever bytes arrived.
  static let texts: Set = ["version_raw", "banner_raw"]

  var host = ""
  var port = 0
  var transport = Transport.tcp
  var version = ""
  var banner = ""

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("host", &host, .text, "Host that was asked.")
    f.required("port", &port, .foreignPort, "Port that was asked.")
    f.required(
      "protocol", &transport,
      FieldForm<Transport>.word.converted(
        expected: "one of tcp, ssl", .unknownName, into: { $0 == .tcp || $0 == .ssl ? $0 : nil },
        from: { $0 }), "How it was asked.")
    f.required("version_raw", &version, .text, "Reply to server.version.")
    f.required("banner_raw", &banner, .text, "Reply to server.banner.")
  }
}

/// Two replies of a foreign scan, without their line ends.
private struct ImportedConversation {
  let received: [Chunk]
  let exchanges: [Exchange]
  /// Of the replies with their ends.
  let byteCount: Int
  var outcome: Outcome { exchanges.first?.outcome ?? .closedNoReply }

  init(version: [UInt8], banner: [UInt8]) {
    let lines = [version, banner].filter { !$0.isEmpty }
    received = lines.map { Chunk(line: $0) }
    byteCount = lines.reduce(0) { $0 + $1.count + 1 }
    var line = 0
    exchanges = [("server.version", version), ("server.banner", banner)].map { id, bytes in
      defer { line += bytes.isEmpty ? 0 : bytes.count { $0 == UInt8(ascii: "\n") } + 1 }
      let text = String(decoding: bytes, as: UTF8.self)
      return Exchange(outcome: ImportedReply.outcome(of: text, to: id), probe: id).with {
        $0.line = bytes.isEmpty ? nil : line
      }
    }
  }
}

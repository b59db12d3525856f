import Artifact
import Digests
import ElectrumProtocol
import Foundation
import Ordering
import Records
import StageKit
import Timekeeping

/// The generic format (`jsonl`): one JSON object a line and host, with what was asked of it.
struct HostRowsFile: ImportSource {
  /// Name of the list that the rows are, in listings.
  static let source = "jsonl:hosts"

  let format = ImportFormat.jsonl
  private let path: String
  private let network: BitcoinNetwork
  private var listings = ListingTally()
  private var certificates: [String: [UInt8]] = [:]
  private var resolutions: [String: NameResolution] = [:]
  private var startedAt: UTCTime?
  private var assumedPorts = 0
  private var assumedTransports = 0

  init(path: String, network: BitcoinNetwork) {
    self.path = path
    self.network = network
  }

  mutating func read(_ workspace: String, _ rejected: RejectedRows) throws -> [ImportedScan] {
    let journal = try ScanJournal(folder: workspace)
    let file = try ForeignFile(path)
    var reader = JSONLinesReader(file)
    var ownFields: Set<String> = []
    var rows = 0
    while let line = try reader.next() {
      let row: HostRow
      do throws(RowError) {
        let fields = try line.row()
        row = try HostRow(fields)
        ownFields.formUnion(fields.ownFields)
      } catch {
        try rejected.take(error)
        continue
      }
      let connection = take(row)
      try journal.append(connection, key: connection.importOrder)
      rows += 1
    }
    guard rows > 0 else { throw rejected.first?.stageError ?? reader.nothing("a row a host") }
    var scan = ImportedScan(sources: [file.source()])
    scan.startedAt = startedAt
    scan.attempts = journal.close()
    scan.certificates = certificates.map { digest, der in
      CertificateEvidence(sha256: digest).with {
        $0.derBase64 = Data(der).base64EncodedString()
      }
    }
    scan.listings = listings.all
    scan.resolutions = Array(resolutions.values)
    scan.network = network
    scan.replies = .values
    scan.asked = ResultFields.probes
    scan.notAsked = ["every probe but those under asked", "how replies were written", "durations"]
    scan.leftOut = ownFields.sorted()
    scan.rows = [file.name: rows]
    scan.particulars.assumed = ["port": assumedPorts, "transport": assumedTransports]
    return [scan]
  }

  private mutating func take(_ row: HostRow) -> Connection {
    if let askedAt = row.askedAt { startedAt = min(startedAt ?? askedAt, askedAt) }
    let transport = transport(of: row)
    let port = row.port ?? (transport == .tcp ? network.defaultTCPPort : network.defaultSSLPort)
    if row.transport == nil { assumedTransports += 1 }
    if row.port == nil { assumedPorts += 1 }
    list(row, transport)
    resolve(row)
    for der in row.chain { certificates[SHA256.hex(der)] = der }
    let outcome = row.outcome ?? row.conversation.outcome ?? .untestedNotImported
    return Connection(
      address: row.address ?? "", detail: "", host: row.host, network: row.network,
      outcome: outcome, transport: transport
    ).with {
      $0.attempt = 0
      $0.bytesReceived = 0
      $0.bytesSent = 0
      $0.exchanges = row.conversation.hasReplies ? row.conversation.exchanges : []
      $0.port = port
      $0.received = row.conversation.received
      $0.startedAt = row.askedAt?.text
      $0.tls =
        row.chain.isEmpty
        ? nil
        : TLSFacts().with {
          $0.chain = row.chain.map { SHA256.hex($0) }
        }
      $0.truncated = false
    }
  }

  /// TLS where the row has a certificate, or the network's usual TLS port; else plain text.
  private func transport(of row: HostRow) -> Transport {
    if let transport = row.transport { return transport }
    return !row.chain.isEmpty || row.port == network.defaultSSLPort ? .ssl : .tcp
  }

  /// Every row's host stands on the foreign scan's list; a port that it does not give stays open.
  private mutating func list(_ row: HostRow, _ transport: Transport) {
    listings.count(
      Listing(
        address: row.address ?? row.host, host: row.host, source: Self.source, sourceKind: .import
      ).with {
        $0.count = 1
        $0.features = [transport.featureLetter + (row.port.map { String($0) } ?? "")]
        $0.heardAt = row.askedAt?.text
      })
  }

  private mutating func resolve(_ row: HostRow) {
    guard row.network != .onion, HostName(row.host) != nil else { return }
    var known =
      resolutions[row.host] ?? NameResolution(name: row.host, outcome: .untestedNotImported)
    if let address = row.address {
      known.addresses = Set(known.addresses + [address]).sorted()
      known.outcome = .answered
    } else if let outcome = row.outcome, [.resolveFailed, .resolveTimedOut].contains(outcome),
      known.outcome != .answered
    {
      known.outcome = outcome
    }
    resolutions[row.host] = known.outcome.isTested ? known : nil
  }
}

extension Transport {
  /// The letter of the transport in peer tuples; `w` and `x` (ws, wss) are ours.
  var featureLetter: String {
    switch self {
    case .tcp: "t"
    case .ssl: "s"
    case .ws: "w"
    case .wss: "x"
    }
  }
}

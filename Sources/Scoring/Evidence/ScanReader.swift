import Artifact
import ElectrumProtocol
import Records
import StageKit
import Timekeeping

/// Reads what indicators look at from one scan's tables. Nothing of one scan is kept for another.
struct ScanReader {
  let context: StageContext
  let scan: String
  let folder: String
  /// Reached servers and their likely operators: all others are left out.
  private let voterOf: [String: String]
  private(set) var servers: [String: ScanEvidence] = [:]
  /// Endpoints of each server that were reached.
  private(set) var endpoints: [String: Set<String>] = [:]
  /// Errors in answer to questions for transactions, by place.
  private(set) var errorTexts: [EvidencePlace: String] = [:]
  /// Questions for scripts that were never answered, by connection.
  private(set) var timeouts: [EvidencePlace.Connection: Int] = [:]
  /// Connections under the name of an old wallet.
  var oldClients: Set<EvidencePlace.Connection> = []

  init(_ context: StageContext, scan: String, folder: String, voterOf: [String: String]) {
    self.context = context
    self.scan = scan
    self.folder = folder
    self.voterOf = voterOf
  }

  /// The scan's servers in the order of their ids, and what is known of the scan.
  mutating func read() throws -> (servers: [ScanEvidence], description: ScanDescription) {
    try readServers()
    try readClients()
    try readExchanges()
    try readHeaders()
    try readHistories()
    try readProofs()
    try readTransactions()
    try readStatuses()
    try readFees()
    try readTimings()
    try readSoftware()
    try readEndpoints()
    let servers = servers.values.sorted { $0.serverID < $1.serverID }
    return (servers, try description())
  }

  private func description() throws -> ScanDescription {
    let row = try context.rows(Scan.self, folder: folder, scope: scan).first
    return ScanDescription(
      scan: scan,
      startedAt: row?.startedAt.flatMap { UTCTime(iso8601: $0) }
        .map { $0.microseconds / 1_000_000 },
      hasBytes: row?.imported != true,
      chain: row.map { ScanChain($0) } ?? ScanChain(genesisHash: nil),
      network: row.flatMap { BitcoinNetwork(rawValue: $0.chain) })
  }

  mutating func with(_ server: String, _ change: (inout ScanEvidence) -> Void) {
    guard let voter = voterOf[server] else { return }
    change(&servers[server, default: ScanEvidence(serverID: server, voter: voter)])
  }

  mutating func with(
    _ source: FactSource, _ change: (inout ScanEvidence, EvidencePlace) -> Void
  ) {
    let place = place(source)
    with(source.serverID) { change(&$0, place) }
  }

  func place(_ source: FactSource) -> EvidencePlace {
    place(source.endpointID, source.attempt, source.sequence)
  }

  private func place(_ endpoint: String, _ attempt: Int, _ sequence: Int? = nil) -> EvidencePlace {
    EvidencePlace(scan: scan, endpointID: endpoint, attempt: attempt, sequence: sequence)
  }

  private mutating func readServers() throws {
    let rows = try context.reader(Server.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      with(row.serverID) { server in
        if let hash = row.genesisHash, GenesisHash.isOfBlock(hash) {
          server.genesisHashes.insert(hash)
        }
        server.banner.status = row.bannerStatus
        row.banner.map { server.banner.texts = [$0] }
        server.banner.ownNames = row.ownNames
      }
    }
  }

  private mutating func readExchanges() throws {
    let rows = try context.reader(ExchangeRecord.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      let place = place(row.endpointID, row.attempt, row.sequence)
      if row.outcome == .replyTimedOut, Self.isForScript(row.probe) {
        timeouts[place.connection, default: 0] += 1
      }
      guard row.keyOrder != nil else { continue }
      if let text = row.errorMessage, row.probe.contains("transaction") { errorTexts[place] = text }
      let isOld = oldClients.contains(place.connection)
      with(row.serverID) { server in
        server.repliesSeen += 1
        if row.probe == "server.banner" {
          server.banner.place = min(server.banner.place ?? place, place)
        }
        guard let text = row.errorMessage else { return }
        server.errors.append(.init(place: place, text: text, isToOldClient: isOld))
      }
    }
  }

  private static func isForScript(_ probe: String) -> Bool {
    scriptProbes.contains { probe.hasPrefix($0) }
  }

  /// How the ids of questions for scripts begin.
  private static let scriptProbes = [
    "alone.last.history.", "alone.last.status.", "balance.", "history.", "status.", "unspent.",
    "wallet.",
  ]

  private mutating func readSoftware() throws {
    let rows = try context.reader(SoftwareRecord.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      guard let text = row.claimedText else { continue }
      with(row.serverID) {
        $0.claim = .init(
          text: text, agrees: row.claimAgrees, contradictions: row.contradictions,
          isOfKnownProgram: row.status == .identified || row.status == .several)
      }
    }
  }

  private mutating func readEndpoints() throws {
    let rows = try context.reader(Endpoint.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      if row.reached { endpoints[row.serverID, default: []].insert(row.endpointID) }
    }
  }
}

extension Server {
  /// Names that are the server's own: verified ones, those of its list of hosts, and the domains of
  /// both.
  fileprivate var ownNames: [String] {
    let hosts = hostsClaimed.map { claim in String(claim.prefix { $0 != ":" }) }
    return Array(Set(verifiedNames + hosts + registrableDomains)).sorted()
  }
}

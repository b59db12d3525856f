import Artifact
import ElectrumProtocol
import Ordering
import PhishingTexts
import Records
import StageKit

/// Reads what indicators look at from one scan's tables. Nothing of one scan is kept for another.
struct ScanReader {
  let context: StageContext
  let scan: String
  let folder: String
  let description: ScanDescription
  /// Servers that the scan reached and their likely operators: all others are left out.
  let voterOf: [String: String]
  var servers: [String: ScanEvidence] = [:]
  /// Endpoints of each server that were reached.
  let endpoints: [String: Set<String>]
  /// Errors in answer to questions for transactions, by place.
  private(set) var errorTexts: [EvidencePlace: String] = [:]
  /// What honest errors are known to say.
  var knownErrors = KnownErrors.contained
  /// Questions for scripts that were never answered, by connection.
  private(set) var timeouts: [EvidencePlace.Connection: Int] = [:]
  /// Whom addresses and names with ports lead to.
  let places: PeerPlaces
  /// Late questions whose replies padding can have held back.
  private(set) var heldBack: Set<EvidencePlace> = []
  /// Connections under the name of an old wallet.
  var oldClients: Set<EvidencePlace.Connection> = []

  /// Reads what scan and endpoints are, and nothing of what was answered.
  /// - Parameter voterOf: servers that any scan reached, and their likely operators.
  init(
    _ context: StageContext, scan: String, folder: String, voterOf: [String: String]
  ) throws {
    self.context = context
    self.scan = scan
    self.folder = folder
    let row = try ArtifactReader<Scan>(folder: folder).all().first
    description = ScanDescription(scan, row)
    var places = PeerPlaces()
    var endpoints: [String: Set<String>] = [:]
    let rows = try ArtifactReader<Endpoint>(folder: folder)
    while let row = try rows.next() {
      places.take(row)
      if row.reached { endpoints[row.serverID, default: []].insert(row.endpointID) }
    }
    self.places = places
    self.endpoints = endpoints
    self.voterOf = voterOf.filter { endpoints[$0.key] != nil }
  }

  /// A table of the scan; the summary of the scan says what it was made from.
  func rows<Row: ArtifactRow>(_ type: Row.Type) throws -> ArtifactReader<Row> {
    try ArtifactReader<Row>(folder: folder)
  }

  /// The scan's servers in the order of their ids.
  mutating func read() throws -> [ScanEvidence] {
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
    try readCertificates()
    try readPeers()
    return servers.values.sorted { $0.serverID < $1.serverID }
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
    let rows = try self.rows(Server.self)
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
    let rows = try self.rows(ExchangeRecord.self)
    while let row = try rows.next() {
      let place = place(row.endpointID, row.attempt, row.sequence)
      if row.outcome == .replyTimedOut, Self.isForScript(row.probe) {
        timeouts[place.connection, default: 0] += 1
      }
      if row.delay == .possible, row.probe.hasPrefix("alone.last.") { heldBack.insert(place) }
      guard row.keyOrder != nil else { continue }
      if let text = row.errorMessage, TransactionQuestion.isAsked(by: row.probe) {
        errorTexts[place] = text
      }
      let isOld = oldClients.contains(place.connection)
      let knownErrors = knownErrors
      with(row.serverID) { server in
        server.repliesSeen += 1
        if row.probe == "server.banner" {
          server.banner.place = min(server.banner.place ?? place, place)
        }
        guard let text = row.errorMessage else { return }
        server.errors.append(
          .init(place: place, text: text, isToOldClient: isOld, known: knownErrors))
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
    let rows = try self.rows(SoftwareRecord.self)
    while let row = try rows.next() {
      guard let text = row.claimedText else { continue }
      with(row.serverID) {
        $0.claim = .init(
          text: text, agrees: row.claimAgrees, contradictions: row.contradictions,
          isOfKnownProgram: row.status == .identified || row.status == .several)
      }
    }
  }

  private mutating func readCertificates() throws {
    var issuers: [String: String] = [:]
    let certificates = try self.rows(Certificate.self)
    while let row = try certificates.next() { issuers[row.sha256] = row.issuer }
    let rows = try self.rows(Endpoint.self)
    while let row = try rows.next() {
      guard let issuer = row.certificateSHA256.flatMap({ issuers[$0] }) else { continue }
      let place = place(row.endpointID, 1)
      with(row.serverID) { $0.issuers.append(.init(place: place, text: issuer)) }
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

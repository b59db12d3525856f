import Artifact
import ChainTruth
import ElectrumProtocol
import Records
import StageKit
import Timekeeping

/// Reads what indicators look at from one scan's tables. Nothing of one scan is kept for another.
struct ScanReader {
  private let context: StageContext
  private let scan: String
  private let folder: String
  /// Reached servers and their likely operators: all others are left out.
  private let voterOf: [String: String]
  private(set) var servers: [String: ScanEvidence] = [:]
  /// Endpoints of each server that were reached.
  private(set) var endpoints: [String: Set<String>] = [:]

  init(_ context: StageContext, scan: String, folder: String, voterOf: [String: String]) {
    self.context = context
    self.scan = scan
    self.folder = folder
    self.voterOf = voterOf
  }

  /// The scan's servers in the order of their ids, and what is known of the scan.
  mutating func read() throws -> (servers: [ScanEvidence], description: ScanDescription) {
    try readServers()
    try readTips()
    try readExchanges()
    try readNodes()
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

  private mutating func with(_ server: String, _ change: (inout ScanEvidence) -> Void) {
    guard let voter = voterOf[server] else { return }
    change(&servers[server, default: ScanEvidence(serverID: server, voter: voter)])
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

  private mutating func readTips() throws {
    let rows = try context.reader(ChainView.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      let place = place(row.endpointID, row.attempt)
      with(row.serverID) {
        $0.headers.append(
          .init(place: place, height: row.height, header: HeaderFacts(row), isTip: true))
      }
    }
  }

  private mutating func readExchanges() throws {
    let rows = try context.reader(ExchangeRecord.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      guard row.keyOrder != nil else { continue }
      let place = place(row.endpointID, row.attempt, row.sequence)
      with(row.serverID) { server in
        server.repliesSeen += 1
        if row.probe == "server.banner" {
          server.banner.place = min(server.banner.place ?? place, place)
        }
        guard let text = row.errorMessage else { return }
        server.errors.append(
          .init(place: place, text: text, isToOldClient: row.probe.contains(Self.oldClient)))
      }
    }
  }

  /// In the ids of probes that are asked under an old wallet's name.
  private static let oldClient = "old-client"

  private mutating func readNodes() throws {
    let rows = try context.reader(BackendView.self, folder: folder, scope: scan)
    while let row = try rows.next() {
      let place = place(row.endpointID, row.attempt)
      let estimates = row.estimates.byTarget
      with(row.serverID) { server in
        for (target, rate) in estimates.sorted(by: { $0.key < $1.key }) {
          server.fees.append(.init(place: place, target: target, rate: rate))
        }
        if let rate = row.relayFee {
          server.relayFees.append(.init(place: place, rate: rate, estimates: estimates))
        }
      }
    }
  }

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

extension HeaderFacts {
  /// nil: what the server sent is no header.
  init?(_ row: ChainView) {
    guard let hash = row.headerHash.flatMap({ ChainHash(printed: $0) }),
      let previous = row.previousHash.flatMap({ ChainHash(printed: $0) }),
      let time = row.headerTime.flatMap({ UTCTime(iso8601: $0) }),
      let bits = row.bits
    else { return nil }
    self.init(
      hash: hash, previous: previous, merkleRoot: nil,
      time: UInt32(clamping: time.microseconds / 1_000_000), bits: UInt32(truncatingIfNeeded: bits))
  }
}

extension FeeEstimates {
  /// Estimates by target. Unit: blocks, sat/vB.
  var byTarget: [Int: Double] {
    let all = [2: estimate2, 6: estimate6, 25: estimate25, 144: estimate144]
    return all.compactMapValues { $0 }
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

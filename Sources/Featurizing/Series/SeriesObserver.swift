import Artifact
import Longitudinal
import Ordering
import Records
import StageKit

/// What the series shows over time: timelines, churn, reliability, upgrades, outages, events.
///
/// Scans come in the order of their names. Rows of a scan wait here until it is settled.
struct SeriesObserver {
  private let context: StageContext
  private let timelines: ArtifactWriter<TimelineEntry>
  private let churn: ArtifactWriter<ScanChurn>
  private var history: SeriesHistory
  private var waiting: [String: [Server]] = [:]
  private var servers: [Server] = []
  private var endpoints: [Endpoint] = []
  private var isComplete: Bool?

  init(_ rules: SeriesRules, context: StageContext) throws(ArtifactError) {
    self.context = context
    timelines = try context.writer(TimelineEntry.self)
    churn = try context.writer(ScanChurn.self)
    history = SeriesHistory(rules)
  }

  /// The scan that is being read.
  mutating func take(_ scan: Scan) { isComplete = scan.complete }

  /// A server of the scan that is being read.
  mutating func take(_ server: Server) { servers.append(server) }

  /// An endpoint of the scan that is being read.
  mutating func take(_ endpoint: Endpoint) { endpoints.append(endpoint) }

  /// All of the scan has been taken.
  mutating func finish(scan: String) throws(ArtifactError) {
    let sighting = ScanSighting(
      scan: scan, isComplete: isComplete, servers: servers, endpoints: endpoints)
    isComplete = nil
    waiting[scan] = servers.map(\.shortened).sorted { $0.serverID < $1.serverID }
    servers.removeAll(keepingCapacity: true)
    endpoints.removeAll(keepingCapacity: true)
    for settled in history.take(sighting) { try write(settled) }
  }

  /// All scans have been taken.
  mutating func finish() throws(ArtifactError) {
    for settled in history.finish() { try write(settled) }
    try context.finish(timelines)
    try context.finish(churn)
    let tables = history.tables()
    try context.write(tables.reliability)
    try context.write(tables.upgrades)
    try context.write(tables.outages)
    try context.write(tables.events)
  }

  private mutating func write(_ settled: SettledScan) throws(ArtifactError) {
    let servers = waiting.removeValue(forKey: settled.scan) ?? []
    for (server, state) in zip(servers, settled.servers) {
      try timelines.append(TimelineEntry(server, state, in: settled))
    }
    try churn.append(settled.churn)
  }
}

extension Server {
  /// Without what a timeline does not tell, which may be large.
  fileprivate var shortened: Server {
    Server(serverID: serverID, outcome: outcome, bannerStatus: .unknown, donationStatus: .unknown)
      .with {
        $0.addresses = addresses
        $0.endpoints = endpoints
        $0.reached = reached
        $0.serverVersionText = serverVersionText
        $0.tipHeight = tipHeight
        $0.certificateSHA256s = certificateSHA256s
      }
  }
}

extension TimelineEntry {
  init(_ server: Server, _ state: SettledScan.Server, in scan: SettledScan) {
    self.init(
      serverID: server.serverID, scan: scan.scan, outcome: server.outcome,
      vantage: scan.moment.vantage, state: state.state)
    self.reached = server.reached
    self.softwareVersion = server.serverVersionText
    self.tipHeight = server.tipHeight
    self.certificateSHA256s = server.certificateSHA256s
    self.addresses = server.addresses
    self.startedAt = scan.moment.startedAt
    self.unknownReason = state.unknownReason
    self.changes = state.changes.map(\.rawValue)
    self.excused = state.excused
  }
}

internal import Artifact
public import Collecting
internal import ElectrumProtocol
internal import Foundation
internal import NIOCore
internal import Probing
internal import Records
public import SimulatedNetwork
public import StageKit
internal import TLSChannel

/// Writes the scans that `collect` would take of a simulated network, one an epoch, without sockets.
///
/// What servers say is what they say on the wire: the same sessions, draws, certificates and
/// handshakes; what `collect` makes of it is made by `collect`'s own parts. Time is simulated.
public struct SeriesWriter {
  public static let identity = ScanStage.identity

  private let plan: NetworkPlan
  private let scan: ScanPlan
  private let epochs: Int

  /// - Parameters:
  ///   - descriptor: of the network, as `simnet run` writes it.
  ///   - output: folder of the dataset's raw evidence.
  public init(
    _ plan: NetworkPlan, epochs: Int, descriptor: String, output: String,
    parameters: CollectParameters
  ) throws(StageError) {
    self.plan = plan
    self.epochs = epochs
    scan = try ScanPlan(ScanRequest(output: output, simulatedNetwork: descriptor), parameters)
  }

  /// Writes every scan; one that is whole stays if a signal ends the run.
  public func run(_ context: StageContext) throws {
    ScanFolder.removeLeftovers(in: context.output)
    var listening = ListeningEndpoints(plan)
    let handshakes = try Handshakes()
    var connections: [String: Int] = [:]
    let progress = context.progress("write", unit: "scans", total: epochs)
    for epoch in 0..<epochs {
      let endpoints = try listening.at(epoch: epoch)
      try handshakes.meet(endpoints)
      var scene = EpochScan(
        endpoints, scan: scan, handshakes: handshakes, seed: plan.seed,
        start: UTCTime(microseconds: plan.time(ofEpoch: epoch) * 1_000_000),
        connections: connections)
      try scene.write(context)
      connections = scene.connections
      progress.set(epoch + 1, note: scene.note)
      try context.checkInterruption()
    }
    progress.finish()
  }
}

/// One scan of a network as it is at an epoch.
private struct EpochScan {
  /// Made so far, by endpoint.
  private(set) var connections: [String: Int]
  private(set) var note = ""
  private let listening: [String: ListeningEndpoint]
  private let scan: ScanPlan
  private let start: UTCTime
  private let encounter: Encounter
  private var random: Latency.LookUps

  init(
    _ endpoints: [ListeningEndpoint], scan: ScanPlan, handshakes: Handshakes, seed: UInt64,
    start: UTCTime, connections: [String: Int]
  ) {
    self.scan = scan
    self.start = start
    self.connections = connections
    let settings = scan.settings
    encounter = Encounter(
      Attempt.Limits(
        plan: settings.plan, bytes: settings.byteLimit,
        replyTimeout: Int(settings.replyTimeout.nanoseconds / 1_000),
        totalTimeout: Int(settings.totalTimeout.nanoseconds / 1_000)),
      handshakes: handshakes, seed: seed)
    random = Latency.LookUps(seed: seed)
    listening = Dictionary(
      endpoints.map { (Self.key($0.address, $0.port), $0) }, uniquingKeysWith: { first, _ in first }
    )
  }

  private static func key(_ address: String, _ port: Int) -> String { "\(address):\(port)" }

  mutating func write(_ context: StageContext) throws {
    var rows: [(key: SortKey, row: Connection)] = []
    var certificates: [String: [UInt8]] = [:]
    var counts = connections
    var lookUps = random
    let (scan, listening, encounter, start) = (scan, listening, encounter, start)
    var crawl = VirtualCrawl(
      Frontier(rules: scan.rules, routes: scan.routes, limits: scan.parameters.limits),
      settings: settings,
      resolve: { lookUps.resolve($0, scan.hosts) },
      contact: { candidate, time in
        let key = Self.key(candidate.address, candidate.port)
        let startedAt = UTCTime(microseconds: start.microseconds + time)
        guard let endpoint = listening[key] else {
          let result = Encounter.refused(candidate, startedAt: startedAt)
          rows.append((result.connection.sortKey, result.connection))
          return (Self.outcome(result, scan), result.connection.outcome)
        }
        counts[key, default: 0] += 1
        let result = encounter.attempt(
          candidate, at: endpoint, number: counts[key, default: 0], startedAt: startedAt)
        for der in result.chain { certificates[ContentDigest.hex(der)] = der }
        rows.append((result.connection.sortKey, result.connection))
        return (Self.outcome(result, scan), result.connection.outcome)
      },
      leave: { candidate, outcome, detail in
        let row = candidate.untested(outcome, detail: detail)
        rows.append((row.sortKey, row))
      })
    let (summary, duration) = crawl.run(from: scan.target.bootstrap.map(\.peers))
    rows.sort { $0.key < $1.key }
    let folder = try ScanFolder(in: context.output, vantage: scan.vantage, at: start)
    let record = ScanRecord(
      name: folder.name, startedAt: start,
      endedAt: UTCTime(microseconds: start.microseconds + duration), summary)
    try folder.write(record, plan: scan, context: context, certificates: certificates) {
      writer throws(ArtifactError) in
      for (_, row) in rows { try writer.append(row) }
    }
    connections = counts
    note = record.text
  }

  private static func outcome(_ result: AttemptResult, _ scan: ScanPlan) -> VirtualCrawl.Outcome {
    let tuples = result.peers.flatMap { PeerTuple.list($0, network: scan.target.network) } ?? []
    return VirtualCrawl.Outcome(
      duration: result.connection.durationMicroseconds ?? 0,
      bytesReceived: result.connection.bytesReceived,
      isThrottled: result.connection.isThrottled,
      peers: tuples.compactMap { try? AdvertisedPeer($0.get()) })
  }

  private var settings: VirtualCrawl.Settings {
    VirtualCrawl.Settings(
      concurrency: scan.parameters.concurrency, byteBudget: scan.parameters.scanBytes,
      timeBudget: Self.microseconds(scan.parameters.scanTime),
      pause: Self.microseconds(scan.rules.pause))
  }

  private static func microseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}

public import Collecting
internal import NIOCore
internal import Probing
public import SimulatedNetwork
public import StageKit
internal import Timekeeping

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
    let book = AnswerBook(scan.settings.plan.sessions[0], byteLimit: scan.settings.byteLimit)
    var connections: [String: Int] = [:]
    let progress = context.progress("write", unit: "scans", total: epochs)
    var scan = scan
    for epoch in 0..<epochs {
      scan.turn = ScanFolder.scans(in: context.output).count
      let endpoints = try listening.at(epoch: epoch)
      try handshakes.meet(endpoints)
      book.beginEpoch()
      let encounter = Encounter(limits, handshakes: handshakes.met, book: book, seed: plan.seed)
      var epochScan = EpochScan(
        scan, encounter: encounter, seed: plan.seed,
        start: UTCTime(microseconds: plan.time(ofEpoch: epoch) * 1_000_000))
      let meetings = try Meetings(
        endpoints, encounter: encounter, connections: connections, network: scan.target.network,
        threads: context.threads)
      let contacted = try epochScan.write(meetings, connections: connections, context)
      for place in contacted { connections[place, default: 0] += 1 }
      progress.set(epoch + 1, note: epochScan.note)
      try context.checkInterruption()
    }
    progress.finish()
  }

  private var limits: AttemptLimits {
    let settings = scan.settings
    return AttemptLimits(
      plan: settings.plan, bytes: settings.byteLimit,
      tlsTimeout: Int(settings.tlsTimeout.nanoseconds / 1_000),
      replyTimeout: Int(settings.replyTimeout.nanoseconds / 1_000),
      totalTimeout: Int(settings.totalTimeout.nanoseconds / 1_000))
  }
}

import Artifact
import Records
import StageKit

/// What linkage and comparison of servers need beside the feature row of each: behaviour by probe,
/// service times, candidate pairs, and the nodes behind them, which stream by.
struct PairInputs {
  private let backends: ArtifactWriter<BackendVector>
  private var times = ServiceTimes()
  private var nearest = BackendCandidates()

  init(_ context: StageContext) throws {
    backends = try context.writer(BackendVector.self)
  }

  mutating func take(_ endpoint: Endpoint) { times.take(endpoint) }

  mutating func take(_ exchange: ExchangeRecord) { times.take(exchange) }

  /// Copies what a scan shows of the nodes, also to the servers; call when these are known.
  mutating func copyBackends(
    of scan: String, folder: String, servers: inout [String: EpochObservation],
    _ context: StageContext
  ) throws {
    let views = try context.reader(BackendView.self, folder: folder, scope: scan)
    while let view = try views.next() {
      servers[view.serverID]?.take(view)
      let server = servers[view.serverID]?.server
      if let vector = BackendVector(view, scan: scan, server: server) {
        try backends.append(vector)
        nearest.take(vector)
      }
    }
  }

  func write(
    _ profiles: [FeatureProfile], series: [String: ServerSeries], probesAsked: Set<String>,
    _ context: StageContext
  ) throws {
    try context.finish(backends)
    try context.write(nearest.rows())
    try context.write(times.rows())
    var keys = BlockingKeys()
    var domains = DomainLedger()
    for profile in profiles {
      domains.take(profile)
      keys.take(profile, contacts: series[profile.serverID]?.contacts ?? [])
    }
    try context.write(keys.rows())
    try context.write(domains.rows())
    let signatures = series.mapValues { server in
      server.probes.compactMapValues { $0.signature()?.signature }
    }
    let signer = BehaviourSigner(probes: probesAsked)
    try context.write(signatures.map { signer.behaviour(of: $0, $1) })
    try context.write(signer.probeRows(signatures.values))
  }
}

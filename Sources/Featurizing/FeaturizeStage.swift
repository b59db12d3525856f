import Artifact
import Records
public import StageKit

/// Facts -> comparable features, response signatures, timelines, and what is missing.
public struct FeaturizeStage {
  public static let identity = StageIdentity(name: "featurize", revision: 1)

  private let parameters: FeaturizeParameters
  private let context: StageContext
  private var histories: [String: ServerHistory] = [:]
  private var certificates: [String: Certificate] = [:]
  private var planProbes: Set<String> = []
  private var listings = ListingLedger()

  public init(_ parameters: FeaturizeParameters, context: StageContext) {
    self.parameters = parameters
    self.context = context
  }

  /// Reads every scan in the folder that `normalize` wrote.
  public mutating func run(normalized: String) throws {
    let scans = try NormalizedSeries.scans(in: normalized)
    let progress = context.progress("featurize", unit: "scans", total: scans.count)
    let timelines = try context.writer(TimelineEntry.self)
    for scan in scans {
      try context.checkInterruption()
      try read(scan: scan, folder: normalized + "/" + scan, timelines: timelines)
      try listings.read(scan: scan, folder: normalized + "/" + scan, context: context)
      progress.advance()
    }
    progress.finish()
    try context.finish(timelines)
    try listings.write(context)
    try write()
  }

  private mutating func read(
    scan: String, folder: String, timelines: ArtifactWriter<TimelineEntry>
  ) throws {
    let servers = try context.reader(Server.self, folder: folder, scope: scan)
    while let server = try servers.next() {
      if histories[server.serverID] == nil {
        histories[server.serverID] = ServerHistory(server, scan: scan)
      } else {
        histories[server.serverID]?.take(server, scan: scan)
      }
      try timelines.append(TimelineEntry(server, scan: scan))
    }
    let endpoints = try context.reader(Endpoint.self, folder: folder, scope: scan)
    while let endpoint = try endpoints.next() { histories[endpoint.serverID]?.take(endpoint) }
    let certificates = try context.reader(Certificate.self, folder: folder, scope: scan)
    while let certificate = try certificates.next() {
      self.certificates[certificate.sha256] = certificate
    }
    let exchanges = try context.reader(ExchangeRecord.self, folder: folder, scope: scan)
    while let exchange = try exchanges.next() {
      planProbes.insert(exchange.probe)
      histories[exchange.serverID]?.probes[exchange.probe, default: ProbeTally()].take(exchange)
    }
  }

  private func write() throws {
    let builder = FeatureBuilder(
      parameters: parameters, certificates: certificates, planProbes: planProbes.count)
    try context.write(histories.values.map { builder.features(of: $0) })
    var signatures: [ProbeSignature] = []
    var coverage: [Coverage] = []
    for (serverID, history) in histories {
      for (probe, tally) in history.probes {
        tally.signature().map { signatures.append($0) }
        coverage.append(tally.coverage(serverID: serverID, probe: probe))
      }
    }
    try context.write(signatures)
    try context.write(coverage)
  }
}

extension TimelineEntry {
  init(_ server: Server, scan: String) {
    self.init(
      serverID: server.serverID, scan: scan, outcome: server.outcome, reached: server.reached,
      softwareVersion: server.serverVersionText, tipHeight: server.tipHeight,
      certificateSHA256s: server.certificateSHA256s, addresses: server.addresses)
  }
}

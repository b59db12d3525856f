import Artifact
import Longitudinal
import Ordering
import Probing
import Records
public import StageKit

/// Facts -> comparable features, response signatures, timelines, and what is missing.
public struct FeaturizeStage {
  public static let identity = StageIdentity(name: "featurize", revision: 1)

  private let parameters: FeaturizeParameters
  private let context: StageContext
  /// The series of each server, by its id.
  private var series: [String: ServerSeries] = [:]
  private var certificates: [String: Certificate] = [:]
  private var probesAsked: Set<String> = []
  private var forms = ReplyDigests()
  private var listings = ListingLedger()
  private var texts: OwnTextReader

  public init(_ parameters: FeaturizeParameters, context: StageContext) {
    self.parameters = parameters
    texts = OwnTextReader(parameters)
    self.context = context
    context.record(reference: "shared-donations", bytes: Array(SharedDonationList.text.utf8))
    context.record(reference: "ordinary-words", bytes: Array(OwnTextReader.ordinaryWords.utf8))
    context.record(reference: "default-banners", bytes: Array(DefaultBannerList.text.utf8))
  }

  /// Reads every scan in the folder that `normalize` wrote.
  public mutating func run(normalized: String) throws {
    let scans = try NormalizedSeries.scans(in: normalized)
    let epochs = Epoch.group(scans, parameters.series)
    let progress = context.progress("featurize", unit: "scans", total: scans.count)
    var observer = try SeriesObserver(parameters.series, context: context)
    let features = try context.writer(FeatureVector.self)
    var pairs = try PairInputs(context)
    for epoch in epochs {
      var observed = EpochObservations()
      for scan in epoch.scans {
        try context.checkInterruption()
        try read(
          scan: scan, folder: normalized + "/" + scan, &observed, &pairs, &observer)
        try listings.read(scan: scan, folder: normalized + "/" + scan, context: context)
        progress.advance()
      }
      try take(observed, epoch, features)
    }
    progress.finish()
    try observer.finish()
    try context.finish(features)
    try listings.write(context)
    try write(pairs)
    try context.write(Self.rules(parameters.series), inputs: [])
  }

  /// The rules that it applies, with these thresholds.
  static func rules(_ thresholds: SeriesRules = SeriesRules()) -> [RuleRecord<FeatureRules>] {
    OutageRule.all(thresholds).map { RuleRecord($0) }
  }

  private mutating func read(
    scan: String, folder: String, _ observed: inout EpochObservations, _ pairs: inout PairInputs,
    _ observer: inout SeriesObserver
  ) throws {
    let scans = try context.reader(Scan.self, folder: folder, scope: scan)
    while let row = try scans.next() { observer.take(row) }
    let servers = try context.reader(Server.self, folder: folder, scope: scan)
    while let server = try servers.next() {
      observed.take(server, scan: scan)
      observer.take(server)
    }
    let endpoints = try context.reader(Endpoint.self, folder: folder, scope: scan)
    while let endpoint = try endpoints.next() {
      observed.servers[endpoint.serverID]?.take(endpoint)
      pairs.take(endpoint)
      observer.take(endpoint)
    }
    try observer.finish(scan: scan)
    let certificates = try context.reader(Certificate.self, folder: folder, scope: scan)
    while let certificate = try certificates.next() {
      self.certificates[certificate.sha256] = certificate
    }
    let contacts = try context.reader(Contact.self, folder: folder, scope: scan)
    while let contact = try contacts.next() { observed.servers[contact.serverID]?.take(contact) }
    let software = try context.reader(SoftwareRecord.self, folder: folder, scope: scan)
    while let record = try software.next() { observed.servers[record.serverID]?.take(record) }
    let exchanges = try context.reader(ExchangeRecord.self, folder: folder, scope: scan)
    while let exchange = try exchanges.next() {
      if !KnownProbes.isConditional(exchange.probe) { observed.probesAsked.insert(exchange.probe) }
      observed.servers[exchange.serverID]?.take(exchange, &forms)
      pairs.take(exchange)
    }
    try pairs.copyBackends(of: scan, folder: folder, servers: &observed.servers, context)
  }

  /// Writes an epoch's vectors and adds it to the series.
  private mutating func take(
    _ observed: EpochObservations, _ epoch: Epoch, _ features: ArtifactWriter<FeatureVector>
  ) throws {
    probesAsked.formUnion(observed.probesAsked)
    let builder = FeatureBuilder(
      parameters: parameters, certificates: certificates,
      probesAsked: observed.probesAsked.count)
    for (serverID, observation) in observed.servers.sorted(by: { $0.key < $1.key }) {
      let vector = builder.vector(
        of: observation, epoch: epoch, texts: texts.read(observation.server))
      try features.append(vector)
      series[serverID, default: ServerSeries(serverID)].take(vector, observation)
    }
  }

  private func write(_ pairs: PairInputs) throws {
    let builder = FeatureBuilder(
      parameters: parameters, certificates: certificates, probesAsked: probesAsked.count)
    let profiles = series.values.map { $0.profile(builder) }
    try context.write(profiles)
    try pairs.write(profiles, series: series, probesAsked: probesAsked, context)
    var signatures: [ProbeSignature] = []
    var coverage: [Coverage] = []
    for (serverID, server) in series {
      for (probe, tally) in server.probes {
        tally.signature().map { signatures.append($0) }
        coverage.append(tally.coverage(serverID: serverID, probe: probe))
      }
    }
    try context.write(signatures)
    try context.write(coverage)
  }
}

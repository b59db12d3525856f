import Ordering
internal import Records

/// Fills the report's facts while the tables pass by.
final class FactsReader {
  let inputs: PublishInputs
  var facts: ReportFacts
  /// What we changed between releases: no stage knows of another release.
  let ownEvents: [NetworkEvent]
  private let last: Int

  init(inputs: PublishInputs, scans: [ScanFacts], ownEvents: [NetworkEvent] = []) {
    self.inputs = inputs
    self.ownEvents = ownEvents
    facts = ReportFacts()
    facts.scans = scans
    last = scans.count - 1
  }

  func read(through copier: TableCopier) throws {
    try readScans(copier)
    try readServers(copier)
    try readEndpoints(copier)
    try readCertificates(copier)
    try readAdvertisements(copier)
    let folder = inputs.normalized
    try copier.concatenate(SoftwareRecord.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(BackendView.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(FamilyOutcome.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(ExchangeRecord.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(ChainView.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(ResolutionStep.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(LineageEvent.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(ServerText.self, from: folder, stage: "normalize") {
      ScannedText(scan: $0, text: $1)
    }
    try copier.concatenate(Contact.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(HostClaim.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(AdvertisedServer.self, from: folder, stage: "normalize", as: scanned)
    try copier.concatenate(
      FormCount.self, from: folder, stage: "normalize", as: scanned, observing: .last
    ) { facts.forms.append($1) }
    try copier.concatenate(
      DatabaseUse.self, from: folder, stage: "normalize", as: scanned, observing: .last
    ) { facts.databases.append($1) }
    try copyFacts(copier)
    try readRules(copier)
    try readFeatures(copier)
    try readClusters(copier)
    try readScores(copier)
  }

  private func readScans(_ copier: TableCopier) throws {
    try copier.concatenate(
      Scan.self, from: inputs.normalized, stage: "normalize", as: { $1 }
    ) { index, scan in
      guard scan.isOfOtherChain, let told = scan.chainTold else { return }
      facts.scans[index].otherChain = (scan.chain, told)
    }
  }

  private func scanned<Row>(_ scan: String, _ row: Row) -> ScannedRow<Row> {
    ScannedRow(scan: scan, row: row)
  }

  /// Their rows name the scan themselves.
  private func copyFacts(_ copier: TableCopier) throws {
    let folder = inputs.normalized
    try copier.concatenate(HeaderFact.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(CommitmentFact.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(HistoryAnswer.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(HistoryEntry.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(ProofFact.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(TransactionFact.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(StatusFact.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(AloneTiming.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(FeeState.self, from: folder, stage: "normalize", as: { $1 })
    try copier.concatenate(ClientAnswer.self, from: folder, stage: "normalize", as: { $1 })
  }

  private func readServers(_ copier: TableCopier) throws {
    var servers: [Server] = []
    var counts = facts.scans.map { _ in ScanFacts.ServerCounts() }
    let exists = try copier.concatenate(
      Server.self, from: inputs.normalized, stage: "normalize", as: scanned
    ) { scan, server in
      counts[scan].listed += 1
      if server.reached { counts[scan].reached += 1 }
      if server.outcome == .answered { counts[scan].answered += 1 }
      if scan == last { servers.append(server) }
      if let software = server.software { facts.scans[scan].software.add(software) }
      facts.lastSeen[server.serverID] = server
    }
    guard exists else { return }
    facts.servers = servers
    for index in facts.scans.indices { facts.scans[index].servers = counts[index] }
  }

  private func readEndpoints(_ copier: TableCopier) throws {
    var counts: [[AddressFamily: [Outcome: Int]]] = facts.scans.map { _ in [:] }
    var tls = Tally()
    var places: [String: Int] = [:]
    let exists = try copier.concatenate(
      Endpoint.self, from: inputs.normalized, stage: "normalize", as: scanned
    ) { scan, endpoint in
      counts[scan][endpoint.network, default: [:]][endpoint.outcome, default: 0] += 1
      if scan == last, let version = endpoint.tlsVersion { tls.add(version) }
      if places.updateValue(scan, forKey: endpoint.serverID) != scan {
        facts.endpoints[endpoint.serverID] = []
      }
      facts.endpoints[endpoint.serverID, default: []].append(endpoint)
    }
    guard exists else { return }
    facts.tlsVersions = tls
    for index in facts.scans.indices { facts.scans[index].endpoints = counts[index] }
  }

  private func readCertificates(_ copier: TableCopier) throws {
    var certificates: [Certificate] = []
    let exists = try copier.concatenate(
      Certificate.self, from: inputs.normalized, stage: "normalize", as: scanned, observing: .last
    ) { certificates.append($1) }
    if exists { facts.certificates = certificates }
  }

  private func readAdvertisements(_ copier: TableCopier) throws {
    struct Pair: Hashable {
      let address: String
      let host: String
    }
    var sources: [Pair: Set<String>] = [:]
    var reasons: [Pair: String] = [:]
    let exists = try copier.concatenate(
      Advertisement.self, from: inputs.normalized, stage: "normalize", as: scanned,
      observing: .last
    ) { _, row in
      guard !row.valid else { return }
      let pair = Pair(address: row.address, host: row.host)
      sources[pair, default: []].insert(row.source)
      reasons[pair] = reasons[pair] ?? row.reason ?? "no reason recorded"
    }
    guard exists else { return }
    facts.invalidAdvertisements = sources.map { pair, names in
      InvalidAdvertisement(
        address: pair.address, host: pair.host, reason: reasons[pair] ?? "", sources: names.count)
    }.sorted { ($0.address, $0.host) < ($1.address, $1.host) }
  }

  private func readRules(_ copier: TableCopier) throws {
    let rules =
      try copier.rules(NormalizedRules.self, in: inputs.normalized)
      + copier.rules(FeatureRules.self, in: inputs.features)
      + copier.rules(ClusterRules.self, in: inputs.clusters)
      + copier.rules(ScoreRules.self, in: inputs.scores)
    try copier.unite(rules)
    facts.rulebook = rules
    facts.rules = Dictionary(rules.map { ($0.id, $0.statement) }, uniquingKeysWith: { $1 })
  }

  private func readFeatures(_ copier: TableCopier) throws {
    var profiles: [FeatureProfile] = []
    if try copier.copy(
      FeatureProfile.self, from: inputs.features, stage: "featurize",
      observe: { profiles.append($0) })
    {
      facts.profiles = profiles
    }
    try copier.copy(FeatureVector.self, from: inputs.features, stage: "featurize")
    try copier.copy(ProbeSignature.self, from: inputs.features, stage: "featurize") { row in
      facts.signatures[row.serverID, default: [:]][row.probe] = row.status + " " + row.signature
    }
    try readSeries(copier)
    try copier.copy(SeriesProbe.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServerBehaviour.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServiceTime.self, from: inputs.features, stage: "featurize")
    try copier.copy(BlockingKey.self, from: inputs.features, stage: "featurize")
    try copier.copy(BackendVector.self, from: inputs.features, stage: "featurize")
    try copier.copy(BackendCandidate.self, from: inputs.features, stage: "featurize")
    try copier.copy(DomainNames.self, from: inputs.features, stage: "featurize")
    try copier.copy(UpgradeCohort.self, from: inputs.features, stage: "featurize") {
      facts.upgrades.append($0)
    }
    try copier.copy(ListingLifetime.self, from: inputs.features, stage: "featurize")
    try copier.copy(ListingSurvival.self, from: inputs.features, stage: "featurize")
    var probes: [String: ProbeCoverage] = [:]
    let exists = try copier.copy(Coverage.self, from: inputs.features, stage: "featurize") { row in
      var probe = probes[row.probe] ?? ProbeCoverage(probe: row.probe)
      probe.answered += row.answered
      probe.errors += row.errors
      probe.unanswered += row.unanswered
      probe.untested += row.untested
      probes[row.probe] = probe
    }
    if exists { facts.coverage = probes.values.sorted { $0.probe < $1.probe } }
  }
}

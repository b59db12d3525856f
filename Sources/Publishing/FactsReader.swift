internal import Records

/// Fills the report's facts while the tables pass by.
final class FactsReader {
  private let inputs: PublishInputs
  private(set) var facts: ReportFacts
  private let last: Int

  init(inputs: PublishInputs, scans: [ScanFacts]) {
    self.inputs = inputs
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
    try copier.concatenate(FormCount.self, from: folder, stage: "normalize", as: scanned) {
      scan, row in
      if scan == last { facts.forms.append(row) }
    }
    try copier.concatenate(DatabaseUse.self, from: folder, stage: "normalize", as: scanned) {
      scan, row in
      if scan == last { facts.databases.append(row) }
    }
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
    }
    guard exists else { return }
    facts.servers = servers
    for index in facts.scans.indices { facts.scans[index].servers = counts[index] }
  }

  private func readEndpoints(_ copier: TableCopier) throws {
    var counts: [[AddressFamily: [Outcome: Int]]] = facts.scans.map { _ in [:] }
    var tls = Tally()
    let exists = try copier.concatenate(
      Endpoint.self, from: inputs.normalized, stage: "normalize", as: scanned
    ) { scan, endpoint in
      counts[scan][endpoint.network, default: [:]][endpoint.outcome, default: 0] += 1
      if scan == last, let version = endpoint.tlsVersion { tls.add(version) }
    }
    guard exists else { return }
    facts.tlsVersions = tls
    for index in facts.scans.indices { facts.scans[index].endpoints = counts[index] }
  }

  private func readCertificates(_ copier: TableCopier) throws {
    var certificates: [Certificate] = []
    let exists = try copier.concatenate(
      Certificate.self, from: inputs.normalized, stage: "normalize", as: scanned
    ) { scan, certificate in
      if scan == last { certificates.append(certificate) }
    }
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
      Advertisement.self, from: inputs.normalized, stage: "normalize", as: scanned
    ) { scan, row in
      guard scan == last, !row.valid else { return }
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
    try copier.copy(ProbeSignature.self, from: inputs.features, stage: "featurize")
    try copier.copy(TimelineEntry.self, from: inputs.features, stage: "featurize")
    try copier.copy(SeriesProbe.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServerBehaviour.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServiceTime.self, from: inputs.features, stage: "featurize")
    try copier.copy(BlockingKey.self, from: inputs.features, stage: "featurize")
    try copier.copy(BackendVector.self, from: inputs.features, stage: "featurize")
    try copier.copy(BackendCandidate.self, from: inputs.features, stage: "featurize")
    try copier.copy(DomainNames.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServerReliability.self, from: inputs.features, stage: "featurize")
    try copier.copy(ScanChurn.self, from: inputs.features, stage: "featurize")
    try copier.copy(UpgradeCohort.self, from: inputs.features, stage: "featurize")
    try copier.copy(Outage.self, from: inputs.features, stage: "featurize")
    try copier.copy(ServerEvent.self, from: inputs.features, stage: "featurize")
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

  private func readClusters(_ copier: TableCopier) throws {
    var classes: [BehaviourMembership] = []
    if try copier.copy(
      BehaviourMembership.self, from: inputs.clusters, stage: "cluster",
      observe: { classes.append($0) })
    {
      facts.behaviour = classes
    }
    var operators: [OperatorMembership] = []
    if try copier.copy(
      OperatorMembership.self, from: inputs.clusters, stage: "cluster",
      observe: { operators.append($0) })
    {
      facts.operators = operators
    }
    var links: [String: LinkRule] = [:]
    let exists = try copier.copy(Link.self, from: inputs.clusters, stage: "cluster") { row in
      for agreement in row.agreements where agreement.bits > 0 {
        var link =
          links[agreement.rule]
          ?? LinkRule(
            rule: agreement.rule, group: agreement.group, strength: agreement.strength, pairs: 0,
            values: [:])
        link.pairs += 1
        links[agreement.rule] = link
      }
    }
    try copier.copy(SharedValue.self, from: inputs.clusters, stage: "cluster") { row in
      links[row.rule]?.values[row.value] = row.servers
    }
    if exists {
      facts.links = links.values.sorted { ($1.pairs, $0.rule) < ($0.pairs, $1.rule) }
    }
    try copier.copy(OperatorBand.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(BehaviourFamily.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(BehaviourTrait.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(BehaviourOutlier.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(DeploymentRecipe.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(NodeMembership.self, from: inputs.clusters, stage: "cluster")
    try copier.copy(ClusterMetric.self, from: inputs.clusters, stage: "cluster")
  }

  private func readScores(_ copier: TableCopier) throws {
    var indicators: [Indicator] = []
    if try copier.copy(
      Indicator.self, from: inputs.scores, stage: "score", observe: { indicators.append($0) })
    {
      facts.indicators = indicators
    }
    var deviation: [Deviation] = []
    if try copier.copy(
      Deviation.self, from: inputs.scores, stage: "score", observe: { deviation.append($0) })
    {
      facts.deviation = deviation
    }
    try copier.copy(
      IndicatorEvidence.self, from: inputs.scores, stage: "score", observe: { _ in })
    try copier.copy(
      ScoreSensitivityRow.self, from: inputs.scores, stage: "score", observe: { _ in })
    var indices: [ConcentrationIndex] = []
    if try copier.copy(
      ConcentrationIndex.self, from: inputs.scores, stage: "score",
      observe: { indices.append($0) })
    {
      facts.concentration = indices
    }
    try copier.copy(GroupExposure.self, from: inputs.scores, stage: "score")
    try copier.copy(SybilCost.self, from: inputs.scores, stage: "score")
    try copier.copy(Answer.self, from: inputs.scores, stage: "score")
  }
}

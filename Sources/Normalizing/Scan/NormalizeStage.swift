import Artifact
import Geolocation
import Logging
import Records
import ServerTexts
import SoftwareIdentification
public import StageKit

/// Raw observations -> endpoints, servers, certificates, advertisements: facts without judgement.
public struct NormalizeStage {
  public static let identity = StageIdentity(name: "normalize", revision: 1)

  /// The rules that it applies.
  static let rules: [RuleRecord<NormalizedRules>] =
    ResolutionRule.all.map { RuleRecord($0) } + CertificateRule.all.map { RuleRecord($0) }
    + RuleBook.rules.map { RuleRecord($0) }

  private let parameters: NormalizeParameters
  private let context: StageContext
  private var registry = ServerRegistry()
  private var places: PlaceFinder
  private let suffixes: PublicSuffixList
  /// What was read in the scan before, which the next one mostly repeats.
  private var certificates: CertificateReader?
  private var software = SoftwareMemory()
  private var texts = TextMemory()
  private let lines = LineMemory()
  private var report = ReadingReport()

  /// - Parameter geoip: databases that take the place of the parameters'.
  /// - Throws: `StageError` where reference data cannot be read.
  public init(
    _ parameters: NormalizeParameters, geoip: [String], context: StageContext
  ) throws {
    self.parameters = parameters
    self.context = context
    let databases = geoip.isEmpty ? parameters.geoip : geoip
    places = PlaceFinder(try Geolocator(paths: databases))
    for (index, path) in databases.enumerated() {
      try context.record(reference: "geoip-\(index + 1)", path: path)
    }
    let list = parameters.publicSuffixList
    let sharedList = parameters.sharedDomainList
    let listed: [(String, SharedDomains.Kind)]
    if sharedList.isEmpty {
      listed = SharedDomainList.entries.map { ($0.domain, $0.kind) }
      context.record(reference: "shared-domains", bytes: Array(SharedDomainList.file.utf8))
    } else {
      listed = try SharedDomainFile.entries(path: sharedList)
      try context.record(reference: "shared-domains", path: sharedList)
    }
    let shared = SharedDomains(
      Dictionary(
        parameters.sharedDomains.map { ($0, .unspecified) } + listed, uniquingKeysWith: { $1 }))
    guard let suffixes = PublicSuffixList(path: list.isEmpty ? nil : list, shared: shared)
    else {
      throw StageError(
        .missingInput, place: "public_suffix_list", expected: "the Public Suffix List",
        found: "nothing readable at \(list)", remedy: "correct the path or leave it empty")
    }
    self.suffixes = suffixes
    if !list.isEmpty { try context.record(reference: "public-suffix-list", path: list) }
  }

  /// Normalizes every scan of the series in `raw`, in the order of their names.
  public mutating func run(raw: String) throws {
    let series = try SeriesIndex(folder: raw)
    guard !series.scans.isEmpty else {
      throw StageError(
        .missingInput, place: raw, expected: "at least one scan", found: "none",
        remedy: "run collect first")
    }
    let progress = context.progress("normalize", unit: "scans", total: series.scans.count)
    var previous: Manifest.Source?
    let twins = try twins(series, raw: raw)
    var withheld = 0
    for scan in series.scans {
      try context.checkInterruption()
      let (servers, count) = try normalize(
        scan: scan, folder: raw + "/" + scan, previous: previous, twins: twins)
      previous = servers
      withheld += count
      progress.advance()
    }
    context.observation = .object([
      ("withheld", .object([(UnknownReason.withheldTwin.id, .integer(withheld))]))
    ])
    try context.write(Self.rules, inputs: [])
    progress.finish()
    report.tell(context.logger)
  }

  /// What onion services and clearnet endpoints of the series share: a key that one scan shows at an
  /// onion service may be another's at a clearnet endpoint.
  private func twins(_ series: SeriesIndex, raw: String) throws -> TwinKeys {
    var twins = TwinKeys()
    for scan in series.scans {
      let connections = try ArtifactReader<Connection>(folder: raw + "/" + scan)
      var count = 0
      while let connection = try connections.next() {
        twins.take(connection)
        count += 1
        if count % 256 == 0 { try context.checkInterruption() }
      }
    }
    guard twins.hasOnion else { return twins }
    for scan in series.scans {
      try context.checkInterruption()
      let certificates = try ArtifactReader<CertificateEvidence>(folder: raw + "/" + scan)
      while let certificate = try certificates.next() { twins.take(certificate) }
    }
    return twins
  }

  /// - Parameters:
  ///   - previous: the servers of the scan before, whose ids are carried on.
  ///   - twins: of the series.
  /// - Returns: this scan's servers, and of how many endpoints something is withheld.
  private mutating func normalize(
    scan: String, folder: String, previous: Manifest.Source?, twins: TwinKeys
  ) throws -> (servers: Manifest.Source, withheld: Int) {
    var inputs = previous.map { [$0] } ?? []
    let description = try ScanDescription(scan: scan, folder: folder)
    var evidence = ScanEvidence(
      description,
      maximumTuplesPerSource: parameters.maximumAdvertisementsPerSource,
      certificates: certificates, lines: lines)
    try each(CertificateEvidence.self, folder, scan, &inputs) { evidence.take($0) }
    try each(NameResolution.self, folder, scan, &inputs) { evidence.take($0) }
    try each(Listing.self, folder, scan, &inputs) { evidence.take($0) }
    try each(Connection.self, folder, scan, &inputs) { evidence.take($0) }
    evidence.readTuples()
    evidence.advertisements.droppedText(maximum: parameters.maximumAdvertisementsPerSource)
      .map { context.logger.notice("\(scan): \($0)") }
    evidence.verifyNames()
    certificates = evidence.certificates.memory
    let tables: ScanTables
    do {
      tables = try ScanTables(
        evidence, registry: &registry, places: &places, software: &software, texts: &texts,
        suffixes: suffixes, copiedKeys: parameters.copiedKeys, twins: twins)
    } catch {
      throw StageError(
        .badInput, place: "geoip", expected: "an intact database", found: error.description,
        remedy: "replace the database")
    }
    var row = description.row
    tables.toldChains.describe(&row, of: description.network)
    tables.toldChains.warning(of: description.network)
      .map { context.logger.warning("\(scan): other-chain: \($0)") }
    try context.write([row], folder: scan, inputs: inputs)
    let forms = evidence.allForms().rows
    let uses = places.takeUse()
    report.take(forms)
    report.take(uses)
    try context.write(forms, folder: scan, inputs: inputs)
    try context.write(uses, folder: scan, inputs: inputs)
    try write(evidence, tables, scan: scan, inputs: inputs)
    var facts = evidence.takeFacts()
    facts.setServers(tables.serverOf)
    try facts.write(context, folder: scan, inputs: inputs)
    return (try write(tables, scan: scan, inputs: inputs), tables.withheld)
  }

  private func each<Row: ArtifactRow>(
    _ type: Row.Type, _ folder: String, _ scan: String, _ inputs: inout [Manifest.Source],
    _ body: (Row) -> Void
  ) throws {
    let reader = try context.reader(type, folder: folder, scope: scan)
    if let content = reader.manifest?.content {
      inputs.append(
        Manifest.Source(
          name: "\(scan)/\(Row.schema.fileName)", sha256: content.contentSHA256))
    }
    var count = 0
    while let row = try reader.next() {
      body(row)
      count += 1
      if count % 256 == 0 { try context.checkInterruption() }
    }
  }

  private func write(
    _ evidence: ScanEvidence, _ tables: ScanTables, scan: String, inputs: [Manifest.Source]
  ) throws {
    let exchanges = try context.writer(ExchangeRecord.self, folder: scan)
    try evidence.exchanges.write(
      to: exchanges, serverOf: tables.serverOf, negotiated: evidence.shown.negotiated)
    try context.finish(exchanges, folder: scan, inputs: inputs)
  }

  private func write(
    _ tables: ScanTables, scan: String, inputs: [Manifest.Source]
  ) throws -> Manifest.Source {
    try context.write(tables.endpoints, folder: scan, inputs: inputs)
    let servers = try context.write(tables.servers, folder: scan, inputs: inputs)
    try context.write(tables.certificates, folder: scan, inputs: inputs)
    let advertisements = try context.writer(Advertisement.self, folder: scan)
    try tables.advertisements.write(to: advertisements)
    try context.finish(advertisements, folder: scan, inputs: inputs)
    try context.write(tables.software, folder: scan, inputs: inputs)
    try context.write(tables.backends, folder: scan, inputs: inputs)
    try context.write(tables.outcomes, folder: scan, inputs: inputs)
    try context.write(tables.chain, folder: scan, inputs: inputs)
    try context.write(tables.resolution, folder: scan, inputs: inputs)
    try context.write(tables.lineage, folder: scan, inputs: inputs)
    try context.write(tables.texts, folder: scan, inputs: inputs)
    try context.write(tables.contacts, folder: scan, inputs: inputs)
    try context.write(tables.claims, folder: scan, inputs: inputs)
    try context.write(tables.advertises, folder: scan, inputs: inputs)
    return Manifest.Source(
      name: "previous/\(Server.schema.fileName)", sha256: servers.contentSHA256)
  }
}

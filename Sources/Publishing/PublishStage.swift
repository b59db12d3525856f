internal import Artifact
import Foundation
internal import Records
internal import Releases
public import StageKit

/// Where the stages left what is published.
public struct PublishInputs: Sendable {
  public let raw: String
  public let normalized: String
  public let features: String
  public let clusters: String
  public let scores: String
  public let datasetName: String
  /// The package of the release before; nil: nothing is compared.
  public let previous: String?

  public init(
    raw: String, normalized: String, features: String, clusters: String, scores: String,
    datasetName: String, previous: String? = nil
  ) {
    self.previous = previous
    self.raw = raw
    self.normalized = normalized
    self.features = features
    self.clusters = clusters
    self.scores = scores
    self.datasetName = datasetName
  }
}

/// Makes the data package and the report. Counts rows; computes no statistic; reads no clock.
public struct PublishStage {
  public static let identity = StageIdentity(name: "publish", revision: 1)

  private let inputs: PublishInputs
  private let parameters: PublishParameters

  public init(inputs: PublishInputs, parameters: PublishParameters) {
    self.inputs = inputs
    self.parameters = parameters
  }

  /// Writes everything below the context's output folder; the folder's name is the version.
  public func run(_ context: StageContext) throws {
    if FileManager.default.fileExists(atPath: context.output + "/RELEASED") {
      throw StageError(
        .cannotCreate, place: context.output, expected: "a version that is not released",
        found: "the mark RELEASED",
        remedy: "publish under a new version: released data stay as they are")
    }
    let version = URL(filePath: context.output).lastPathComponent
    let series = try SeriesIndex(folder: inputs.raw)
    let records = try stageRecords(series.scans)
    let copier = TableCopier(context: context, scans: series.scans)
    let scans = series.scans.map { scan in scanFacts(scan, records) }
    let release = try inputs.previous.map { try EarlierRelease(folder: $0, context: context) }
    let reader = FactsReader(
      inputs: inputs, scans: scans,
      ownEvents: try release?.events(until: package(scans, copier, records, version)) ?? [])
    try reader.read(through: copier)
    if let release {
      let comparison = try release.comparison(
        with: package(reader.facts.scans, copier, records, version), context: context)
      try copier.write(comparison.differences, stage: "publish")
      reader.facts.comparison = comparison
    }
    try copier.writeLongValues()
    reader.facts.tablePaths = Set(copier.tables.map(\.path))
    let package = package(reader.facts.scans, copier, records, version)
    let documents = PackageDocuments(folder: context.output)
    try add(package, to: documents)
    let transcripts = try TranscriptReader(context: context, folder: inputs.raw)
      .read(TranscriptReference.all(reader.facts))
    if let comparison = reader.facts.comparison {
      try documents.add("feed.atom", comparison.feed)
    }
    try Site(facts: reader.facts, package: package, transcripts: transcripts).write(to: documents)
    try documents.add(
      "ro-crate-metadata.json",
      ResearchCrate.json(
        package, documents: documents.topLevel, folders: documents.foldersInUse
      ).prettyText)
    try documents.addChecksums(of: copier.tables)
    try context.checkInterruption()
    try documents.commit()
  }

  private func package(
    _ scans: [ScanFacts], _ copier: TableCopier, _ records: [StageRecord], _ version: String
  ) -> PackageFacts {
    PackageFacts(
      dataset: inputs.datasetName, version: version, parameters: parameters, scans: scans,
      tables: copier.tables,
      geographySources: records.first { $0.stage == "normalize" }?.lineage.references
        .filter { $0.name.hasPrefix("geoip") } ?? [],
      provenance: records)
  }

  private func add(
    _ package: PackageFacts, to documents: PackageDocuments
  ) throws(ArtifactError) {
    try documents.add("datapackage.json", DataPackage.json(package).prettyText)
    try documents.add("provenance.json", Provenance.json(package).prettyText)
    try documents.add("provenance.intoto.jsonl", BuildStatement.lines(package))
    try documents.add("croissant.json", Croissant.json(package).prettyText)
    try documents.add("datacite.json", DataCiteFile.json(package).prettyText)
    try documents.add(".zenodo.json", ZenodoFile.json(package).prettyText)
    try documents.add("CITATION.cff", CitationFile.text(package))
    try documents.add("LICENSE-DATA", DataLicense.text(package))
    try documents.add("DATA-DICTIONARY.md", DataDictionary.text(package))
    try documents.add("DATASHEET.md", Datasheet.text(package))
    try documents.add("README.md", PackageReadme.text(package))
  }

  private func stageRecords(_ scans: [String]) throws(ArtifactError) -> [StageRecord] {
    var records: [StageRecord] = []
    for scan in scans {
      let folder = inputs.raw + "/" + scan
      if let record = try Provenance.record(stage: "collect", folder: folder, scope: scan) {
        records.append(record)
      }
    }
    let stages = [
      ("normalize", inputs.normalized), ("featurize", inputs.features),
      ("cluster", inputs.clusters), ("score", inputs.scores),
    ]
    for (stage, folder) in stages {
      if let record = try Provenance.record(stage: stage, folder: folder) {
        records.append(record)
      }
    }
    return records
  }

  private func scanFacts(_ scan: String, _ records: [StageRecord]) -> ScanFacts {
    ScanFacts(
      name: scan,
      observation: records.first { $0.scope == scan }?.lineage.observation)
  }
}

internal import Artifact
import Foundation
internal import Records
public import StageKit

/// Where the stages left what is published.
public struct PublishInputs: Sendable {
  public let raw: String
  public let normalized: String
  public let features: String
  public let clusters: String
  public let scores: String
  public let datasetName: String

  public init(
    raw: String, normalized: String, features: String, clusters: String, scores: String,
    datasetName: String
  ) {
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
    let series = try SeriesIndex(folder: inputs.raw)
    let records = try stageRecords(series.scans)
    let copier = TableCopier(context: context, scans: series.scans)
    let reader = FactsReader(
      inputs: inputs, scans: series.scans.map { scan in scanFacts(scan, records) })
    try reader.read(through: copier)
    try copier.writeLongValues()
    reader.facts.tablePaths = Set(copier.tables.map(\.path))
    let package = PackageFacts(
      dataset: inputs.datasetName,
      version: URL(filePath: context.output).lastPathComponent, parameters: parameters,
      scans: reader.facts.scans, tables: copier.tables,
      geographySources: records.first { $0.stage == "normalize" }?.lineage.references
        .filter { $0.name.hasPrefix("geoip") } ?? [],
      provenance: records)
    let documents = PackageDocuments(folder: context.output)
    try add(package, to: documents)
    let transcripts = try TranscriptReader(context: context, folder: inputs.raw)
      .read(TranscriptReference.all(reader.facts))
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

import ArgumentParser
import Artifact
import Foundation
import Publishing
import Records
import StageKit
import TestSupport

/// A small dataset as the other stages would leave it, made of arithmetic: two scans of one
/// imaginary network, with everything in it that a report has to show.
final class SampleDataset {
  static let scans = ["20260102T030000Z-test", "20260103T030000Z-test"]

  let folder: TemporaryFolder
  /// Changes rows before they are written.
  var servers: [[Server]]
  var endpoints: [[Endpoint]]
  var advertisements: [Advertisement]
  var links: [Link]
  var sharedValues: [SharedValue]
  var indicators: [Indicator]

  init() throws {
    folder = try TemporaryFolder()
    servers = Self.scans.indices.map { scan in
      (0..<SampleRows.count).map { SampleRows.server($0, scan) }
    }
    endpoints = Self.scans.indices.map { scan in
      (0..<SampleRows.count).flatMap { SampleRows.endpoints($0, scan) }
    }
    advertisements = SampleRows.advertisements
    links = SampleRows.links
    sharedValues = SampleRows.sharedValues
    indicators = (0..<SampleRows.count).flatMap(SampleRows.indicators)
  }

  /// Writes all tables but those named, then publishes.
  /// - Returns: the folder of the publication.
  func publish(
    without absent: Set<String> = [], threads: Int = 1, version: String = "0.1.0"
  ) throws -> Publication {
    try write(without: absent)
    let output = folder.file("published/\(version)")
    let options = try StageOptions.parse(["--quiet", "--threads", "\(threads)"])
    let inputs = PublishInputs(
      raw: folder.file("raw"), normalized: folder.file("normalized"),
      features: folder.file("features"), clusters: folder.file("clusters"),
      scores: folder.file("scores"), datasetName: "sample")
    try StageRunner(PublishStage.identity, PublishParameters.self, options).run(output: output) {
      try PublishStage(inputs: inputs, parameters: $0).run($1)
    }
    return Publication(folder: output, owner: folder)
  }

  private func write(without absent: Set<String>) throws {
    try FileBytes.createFolder(folder.file("raw"))
    try SeriesIndex(scans: Self.scans).write(folder: folder.file("raw"))
    func write<Row: ArtifactRow>(_ rows: [Row], _ place: String) throws {
      guard !absent.contains(Row.schema.name) else { return }
      try Self.write(rows, folder: folder.file(place))
    }
    try write([SampleRaw.connection], "raw/\(Self.scans[1])")
    for (index, scan) in Self.scans.enumerated() {
      try writeManifest(scan)
      let place = "normalized/\(scan)"
      try write([SampleRows.scan(scan)], place)
      try write(servers[index], place)
      try write(endpoints[index], place)
      try write(SampleRows.certificates, place)
      try write(advertisements, place)
      try write(SampleRows.exchanges, place)
      try write([SampleRows.software], place)
      try write([SampleRows.backend], place)
      try write([SampleRows.familyOutcome], place)
      try write([SampleRows.chain], place)
      try write([SampleRows.resolution], place)
      try write([SampleRows.lineage], place)
      try write([SampleRows.text], place)
      try write([SampleRows.contact], place)
      try write([SampleRows.claim], place)
      try write([SampleRows.advertised], place)
      try write([SampleRows.form], place)
      try write([SampleRows.database], place)
      try write([SampleFacts.header(scan)], place)
      try write([SampleFacts.commitment(scan)], place)
      try write([SampleFacts.historyAnswer(scan)], place)
      try write([SampleFacts.history(scan)], place)
      try write([SampleFacts.proof(scan)], place)
      try write([SampleFacts.transaction(scan)], place)
      try write([SampleFacts.status(scan)], place)
      try write([SampleFacts.alone(scan)], place)
      try write([SampleFacts.fees(scan)], place)
      try write([SampleFacts.client(scan)], place)
    }
    try write(SampleRules.resolution, "normalized")
    try write(SampleRules.outage, "features")
    try write(SampleRules.operators, "clusters")
    try write(SampleRules.indicators, "scores")
    try write((0..<SampleRows.count).map(SampleRows.vector), "features")
    try write((0..<SampleRows.count).map(SampleRows.profile), "features")
    try write((0..<SampleRows.count).flatMap(SampleRows.coverage), "features")
    try write([SampleRows.signature], "features")
    try write([SampleRows.timeline], "features")
    try write([SampleRows.probe], "features")
    try write([SampleRows.serverBehaviour], "features")
    try write([SampleRows.serviceTime], "features")
    try write([SampleRows.blockingKey], "features")
    try write([SampleRows.backendVector], "features")
    try write([SampleRows.backendCandidate], "features")
    try write([SampleRows.domain], "features")
    try write([SampleSeries.reliability], "features")
    try write([SampleSeries.churn], "features")
    try write([SampleSeries.upgrade], "features")
    try write([SampleSeries.outage], "features")
    try write([SampleSeries.event], "features")
    try write([SampleRows.lifetime], "features")
    try write([SampleRows.survival], "features")
    try write((0..<SampleRows.count).map(SampleRows.behaviour), "clusters")
    try write((0..<SampleRows.count).map(SampleRows.membership), "clusters")
    try write([BehaviourFamily(familyID: "f_1")], "clusters")
    try write([BehaviourTrait(familyID: "f_1", rank: 1)], "clusters")
    try write([BehaviourOutlier(classID: "k_1")], "clusters")
    try write(links, "clusters")
    try write(sharedValues, "clusters")
    try write(
      [OperatorBand(variant: "prior-1", serverID: SampleRows.id(0), operatorID: "o_1")], "clusters")
    try write([DeploymentRecipe(recipeID: "r_1")], "clusters")
    try write(
      [NodeMembership(scan: Self.scans[0], nodeID: "n_1", serverID: SampleRows.id(0))], "clusters")
    try write(
      [
        ClusterMetric(metric: "classes", summary: "Exact classes.").with {
          $0.value = 7
        }
      ], "clusters")
    try write(indicators, "scores")
    try write((0..<SampleRows.count).map(SampleRows.deviation), "scores")
    try write([SampleRows.indicatorEvidence], "scores")
    try write([SampleRows.sensitivity], "scores")
    try write(SampleRows.concentration, "scores")
    try write([SampleRows.exposure], "scores")
    try write([SampleRows.sybilCost], "scores")
    try write(SampleRows.networkEvents, "scores")
    try write([SampleRows.answer], "scores")
  }

  private func writeManifest(_ scan: String) throws {
    let start = scan.contains("0102") ? "2026-01-02" : "2026-01-03"
    let json = """
      {"inputs":[],"manifest":"stage-manifest.v1","observation":{"complete":true,"ended_at":"\(start)T03:05:00Z",\
      "started_at":"\(start)T03:00:00Z","vantage":"test"},"outputs":[],"parameters":{},\
      "references":[],"seed":null,"stage":{"name":"collect","revision":1}}
      """
    let place = folder.file("raw/\(scan)")
    try FileBytes.createFolder(place)
    try FileBytes.write(Array(json.utf8), to: place + "/collect.manifest.json")
  }

  private static func write<Row: ArtifactRow>(_ rows: [Row], folder: String) throws {
    try FileBytes.createFolder(folder)
    let writer = try ArtifactWriter<Row>(folder: folder)
    try writer.append(contentsOf: rows.sorted { $0.sortKey < $1.sortKey })
    try writer.finish().commit(Lineage(stage: "sample", revision: 1, parameters: .object([])))
  }
}

/// What a run of publish left.
struct Publication {
  nonisolated(unsafe) private static let sample: Result<Publication, any Error> = {
    let result = Result { try SampleDataset().publish() }
    atexit {
      guard let kept = try? Publication.sample.get() else { return }
      try? FileManager.default.removeItem(atPath: kept.owner.path)
    }
    return result
  }()

  /// The sample as it is, published once for all tests that only read it.
  static func unchanged() throws -> Publication { try sample.get() }

  let folder: String
  /// Removed with the last publication that lies in it.
  let owner: TemporaryFolder

  func path(_ name: String) -> String { folder + "/" + name }

  func text(_ name: String) throws -> String {
    String(decoding: try FileBytes.read(path(name)), as: UTF8.self)
  }

  func json(_ name: String) throws -> JSONValue {
    try JSONValue(parsing: try FileBytes.read(path(name)))
  }

  /// The first page.
  var page: String {
    get throws { try text("index.html") }
  }

  /// The pages that every page leads to, one behind another.
  var report: String {
    get throws {
      try files.filter { $0.hasSuffix(".html") && !$0.contains("/") }.map(text).joined()
    }
  }

  /// Every page.
  var pages: [String] { files.filter { $0.hasSuffix(".html") } }

  /// Paths of all files, sorted.
  var files: [String] {
    let walk = FileManager.default.enumerator(atPath: folder)
    return (walk?.allObjects as? [String] ?? []).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}

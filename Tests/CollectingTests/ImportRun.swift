import ArgumentParser
import Artifact
import Collecting
import Foundation
import Records
import StageKit
import TestSupport
import Testing

/// Imports in memory of the test's own process.
enum ImportRun {
  static func run(
    _ path: String, format: ImportFormat? = nil, scan: String? = nil, parameters: String? = nil,
    rejects: String? = nil
  ) async throws -> TemporaryFolder {
    let output = try TemporaryFolder()
    var options = ["--quiet"]
    let file = output.file("parameters.json")
    if let parameters {
      try parameters.write(toFile: file, atomically: true, encoding: .utf8)
      options += ["--parameters", file]
    }
    let runner = StageRunner(
      ScanStage.identity, CollectParameters.self, try StageOptions.parse(options))
    let request = ImportRequest(
      path: path, output: output.path, format: format, scan: scan,
      rejects: rejects)
    try await runner.run(output: output.path) { parameters, context async throws in
      try ImportStage(request, parameters).run(context)
    }
    return output
  }

  /// Writes `text` to a file and imports it.
  static func run(
    text: String, name: String = "scan.jsonl", format: ImportFormat? = nil,
    parameters: String? = nil
  ) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    let output = try await run(folder.file(name), format: format, parameters: parameters)
    withExtendedLifetime(folder) {}
    return output
  }

  /// Of the first scan, or the one of this number.
  static func rows<Row: ArtifactRow>(
    _ type: Row.Type, _ folder: TemporaryFolder, scan number: Int = 0
  ) throws -> [Row] {
    let scans = try SeriesIndex(folder: folder.path).scans
    let scan = try #require(scans.indices.contains(number) ? scans[number] : nil)
    return try ArtifactReader<Row>(folder: "\(folder.path)/\(scan)").all()
  }

  static func observation(_ folder: TemporaryFolder) throws -> JSONValue? {
    let scan = try #require(try SeriesIndex(folder: folder.path).scans.first)
    return try StageManifest(path: "\(folder.path)/\(scan)/collect.manifest.json").lineage
      .observation
  }
}

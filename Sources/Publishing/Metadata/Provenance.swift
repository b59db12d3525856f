internal import Artifact
import Foundation
internal import StageKit

/// `provenance.json`: which stage made what, from which inputs, with which parameters.
enum Provenance {
  static func json(_ facts: PackageFacts) -> JSONValue {
    .object([
      ("provenance", .string("provenance.v1")),
      ("stages", .array(facts.provenance.map(json))),
      (
        "tables",
        .array(
          facts.tables.map { table in
            .object([
              ("content_sha256", .string(table.content.contentSHA256)),
              ("path", .string(table.path)), ("schema", .string(table.schema.identifier)),
            ])
          })
      ),
    ])
  }

  private static func json(_ record: StageRecord) -> JSONValue {
    var members = record.lineage.members
    members.append(("outputs", list(record.outputs)))
    if let scope = record.scope { members.append(("scan", .string(scope))) }
    return .object(members)
  }

  private static func list(_ sources: [Manifest.Source]) -> JSONValue {
    .array(
      sources.map {
        .object([("content_sha256", .string($0.sha256)), ("name", .string($0.name))])
      })
  }

  /// The record that a stage left in `folder`; nil where it left none.
  static func record(
    stage: String, folder: String, scope: String? = nil
  ) throws(ArtifactError) -> StageRecord? {
    let path = folder + "/\(stage).manifest.json"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let manifest = try StageManifest(path: path)
    return StageRecord(
      stage: stage, scope: scope, lineage: manifest.lineage,
      outputs: manifest.outputs.map { Manifest.Source(name: $0.name, sha256: $0.contentSHA256) })
  }
}

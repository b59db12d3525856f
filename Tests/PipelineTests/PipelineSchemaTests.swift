import Artifact
import Clustering
import Collecting
import Featurizing
import Normalizing
import Publishing
import Scoring
import StageKit
import TestSupport
import Testing

/// pipeline.json and its JSON Schema.
struct PipelineSchemaTests {
  private static let stages: [(String, any StageParameters.Type)] = [
    ("cluster", ClusterParameters.self), ("collect", CollectParameters.self),
    ("featurize", FeaturizeParameters.self), ("normalize", NormalizeParameters.self),
    ("publish", PublishParameters.self), ("score", ScoreParameters.self),
  ]

  @Test func `the committed schema is the one that the programs' parameters declare`() throws {
    var properties = Self.stages.map { ($0.0, $0.1.jsonSchema) }
    properties.append(("$schema", .object([("type", .string("string"))])))
    properties.append(("description", .object([("type", .string("string"))])))
    let schema = JSONValue.object([
      ("$id", .string("urn:electrum-observatory:pipeline.v1")),
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("additionalProperties", .boolean(false)),
      ("description", .string("What each stage is told. An absent key means its default.")),
      ("properties", .object(properties)), ("title", .string("pipeline.v1")),
      ("type", .string("object")),
    ])
    #expect(
      try Golden.matches(
        schema.prettyText, "Sources/StageKit/Schemas/pipeline.v1.schema.json"))
  }

  @Test func `the project's own pipeline.json is valid for every stage`() throws {
    let pipeline = try PipelineFile(path: PackageRoot.path("pipeline.json"))
    for (name, type) in Self.stages {
      #expect(throws: Never.self) {
        _ = try type.accepted(from: pipeline, name)
      }
    }
    #expect(Set(Self.stages.map(\.0)) == Set(PipelineFile.stages))
  }
}

extension StageParameters {
  fileprivate static func accepted(from pipeline: PipelineFile, _ stage: String) throws -> Self {
    try pipeline.parameters(of: stage, Self.self).parameters
  }
}

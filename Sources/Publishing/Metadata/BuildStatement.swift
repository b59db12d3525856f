internal import Artifact

/// `provenance.intoto.jsonl`: a statement for each stage's run (in-toto Statement v1 with a SLSA
/// provenance v1 predicate). Digests are of the uncompressed canonical bytes.
enum BuildStatement {
  static func lines(_ facts: PackageFacts) -> String {
    facts.provenance.filter { !$0.outputs.isEmpty }
      .map { statement($0).canonicalText + "\n" }.joined()
  }

  private static func statement(_ record: StageRecord) -> JSONValue {
    let lineage = record.lineage
    let stage = "urn:electrum-observatory:stage:\(record.stage)"
    let scope = record.scope.map { $0 + "/" } ?? ""
    return .object([
      ("_type", .string("https://in-toto.io/Statement/v1")),
      (
        "subject",
        .array(record.outputs.map { descriptor(scope + record.stage + "/" + $0.name, $0.sha256) })
      ), ("predicateType", .string("https://slsa.dev/provenance/v1")),
      (
        "predicate",
        .object([
          (
            "buildDefinition",
            .object([
              ("buildType", .string("\(stage):v1")),
              ("externalParameters", .object([("parameters", lineage.parameters)])),
              (
                "resolvedDependencies",
                .array((lineage.inputs + lineage.references).map { descriptor($0.name, $0.sha256) })
              ),
            ])
          ),
          (
            "runDetails",
            .object([
              (
                "builder",
                .object([("id", .string("\(stage):revision:\(lineage.revision)"))])
              )
            ])
          ),
        ])
      ),
    ])
  }

  private static func descriptor(_ name: String, _ sha256: String) -> JSONValue {
    .object([("name", .string(name)), ("digest", .object([("sha256", .string(sha256))]))])
  }
}

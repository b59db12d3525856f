internal import Artifact
import Ordering

/// `ro-crate-metadata.json`: files, stages and how they hang together (RO-Crate 1.1).
enum ResearchCrate {
  /// A file of the package that is no table.
  struct Document {
    let name: String
    let sha256: String
    let bytes: Int
  }

  /// - Parameters:
  ///   - documents: texts of the package's first level.
  ///   - folders: those with more files, which SHA256SUMS names one by one.
  static func json(
    _ facts: PackageFacts, documents: [Document], folders: [String]
  ) -> JSONValue {
    let files = facts.tables.map { reference($0.path) } + documents.map { reference($0.name) }
    let parts = files + folders.map { reference($0 + "/") }
    var root: [(String, JSONValue)] = [
      ("@id", .string("./")), ("@type", .string("Dataset")), ("name", .string(facts.title)),
      ("description", .string(facts.description)), ("version", .string(facts.version)),
      ("license", reference(PackageFacts.licenseURL)), ("hasPart", .array(parts)),
      ("author", .array(facts.parameters.authors.indices.map { reference("#author-\($0)") })),
      ("keywords", .array(facts.parameters.keywords.map { .string($0) })),
      ("mentions", .array(actions(facts).map { reference($0.id) })),
    ]
    if let created = facts.created { root.append(("datePublished", .string(created))) }
    if let coverage = facts.temporalCoverage {
      root.append(("temporalCoverage", .string(coverage)))
    }
    return .object([
      ("@context", .string("https://w3id.org/ro/crate/1.1/context")),
      (
        "@graph",
        .array(
          [descriptor, .object(root), license] + authors(facts) + facts.tables.map(table)
            + documents.map(document) + folders.map(folder) + actions(facts).map(\.entity)
            + programs(facts))
      ),
    ])
  }

  private static let descriptor = JSONValue.object([
    ("@id", .string("ro-crate-metadata.json")), ("@type", .string("CreativeWork")),
    ("about", reference("./")), ("conformsTo", reference("https://w3id.org/ro/crate/1.1")),
  ])

  private static let license = JSONValue.object([
    ("@id", .string(PackageFacts.licenseURL)), ("@type", .string("CreativeWork")),
    ("name", .string(PackageFacts.licenseName)),
  ])

  private static func reference(_ id: String) -> JSONValue { .object([("@id", .string(id))]) }

  private static func authors(_ facts: PackageFacts) -> [JSONValue] {
    facts.parameters.authors.enumerated().map { index, name in
      .object([
        ("@id", .string("#author-\(index)")), ("@type", .string("Organization")),
        ("name", .string(name)),
      ])
    }
  }

  private static func table(_ table: PackagedTable) -> JSONValue {
    .object([
      ("@id", .string(table.path)), ("@type", .string("File")), ("name", .string(table.name)),
      ("description", .string(table.schema.summary)),
      ("contentSize", .string(String(table.content.fileBytes))),
      (
        "encodingFormat",
        .string(table.schema.encoding == .csv ? "text/csv" : "application/jsonl")
      ), ("sha256", .string(table.content.fileSHA256)),
    ])
  }

  private static func document(_ document: Document) -> JSONValue {
    .object([
      ("@id", .string(document.name)), ("@type", .string("File")),
      ("name", .string(document.name)), ("contentSize", .string(String(document.bytes))),
      ("sha256", .string(document.sha256)),
    ])
  }

  private static func folder(_ name: String) -> JSONValue {
    .object([
      ("@id", .string(name + "/")), ("@type", .string("Dataset")), ("name", .string(name)),
      ("description", .string("Files of the report; SHA256SUMS has the digest of each.")),
    ])
  }

  private static func actions(_ facts: PackageFacts) -> [(id: String, entity: JSONValue)] {
    facts.provenance.map { record in
      let id = "#run-" + record.stage + (record.scope.map { "-" + $0 } ?? "")
      let results = facts.tables.filter { $0.stage == record.stage }.map { reference($0.path) }
      var members: [(String, JSONValue)] = [
        ("@id", .string(id)), ("@type", .string("CreateAction")),
        ("name", .string("\(record.stage)\(record.scope.map { " of scan \($0)" } ?? "")")),
        ("instrument", reference("#program-\(record.stage)")),
      ]
      if !results.isEmpty { members.append(("result", .array(results))) }
      return (id, .object(members))
    }
  }

  private static func programs(_ facts: PackageFacts) -> [JSONValue] {
    Set(facts.provenance.map(\.stage)).sorted().map { stage in
      var members: [(String, JSONValue)] = [
        ("@id", .string("#program-\(stage)")), ("@type", .string("SoftwareApplication")),
        ("name", .string(stage)),
      ]
      if !facts.parameters.repository.isEmpty {
        members.append(("url", .string(facts.parameters.repository)))
      }
      return .object(members)
    }
  }
}

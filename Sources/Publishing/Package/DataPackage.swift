internal import Artifact

/// `datapackage.json` (Data Package v2): every table with its schema, digest and size.
enum DataPackage {
  static func json(_ facts: PackageFacts) -> JSONValue {
    let names = Set(facts.tables.map(\.name))
    var members: [(String, JSONValue)] = [
      ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")),
      ("contributors", .array(contributors(facts))),
      ("description", .string(facts.description)),
      ("keywords", .array(facts.parameters.keywords.map { .string($0) })),
      (
        "licenses",
        .array([
          .object([
            ("name", .string(PackageFacts.licenseName)),
            ("path", .string(PackageFacts.licenseURL)),
            ("title", .string("Creative Commons Attribution 4.0 International")),
          ])
        ])
      ),
      ("name", .string(facts.packageName)),
      ("resources", .array(facts.tables.map { resource($0, names) })),
      ("sources", .array(sources(facts))), ("title", .string(facts.title)),
      ("version", .string(facts.version)),
    ]
    if let created = facts.created { members.append(("created", .string(created))) }
    if !facts.parameters.repository.isEmpty {
      members.append(("homepage", .string(facts.parameters.repository)))
    }
    return .object(members)
  }

  private static func contributors(_ facts: PackageFacts) -> [JSONValue] {
    let authors = facts.parameters.authors.map { ($0, "creator") }
    return (authors + [(facts.parameters.publisher, "publisher")])
      .filter { !$0.0.isEmpty }
      .map { name, role in
        .object([("roles", .array([.string(role)])), ("title", .string(name))])
      }
  }

  private static func sources(_ facts: PackageFacts) -> [JSONValue] {
    let scans = facts.scans.map { scan in
      JSONValue.object([("title", .string("Scan \(scan.name)"))])
    }
    let geography = facts.geographySources.map { source in
      JSONValue.object([
        ("title", .string("\(source.name) (country, network and coordinates of addresses)")),
        ("version", .string("sha256:\(source.sha256)")),
      ])
    }
    return scans + geography
  }

  private static func resource(_ table: PackagedTable, _ names: Set<String>) -> JSONValue {
    let isCSV = table.schema.encoding == .csv
    // frictionless-py 5 fails at a table of JSON lines that has no line: it checks the file alone.
    let type = isCSV || table.content.rows > 0 ? "table" : "file"
    return .object([
      ("$schema", .string("https://datapackage.org/profiles/2.0/dataresource.json")),
      ("bytes", .integer(table.content.fileBytes)),
      ("content_sha256", .string(table.content.contentSHA256)),
      ("description", .string(table.schema.summary)), ("encoding", .string("utf-8")),
      ("format", .string(isCSV ? "csv" : "jsonl")),
      ("hash", .string("sha256:\(table.content.fileSHA256)")),
      ("mediatype", .string(isCSV ? "text/csv" : "application/jsonl")),
      ("name", .string(table.name)), ("path", .string(table.path)),
      ("row_count", .integer(table.content.rows)),
      ("schema", TableSchema.json(of: table, beside: names)), ("type", .string(type)),
    ])
  }
}

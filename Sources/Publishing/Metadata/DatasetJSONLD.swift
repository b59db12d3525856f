internal import Artifact

/// The dataset in schema.org's words, for search engines of data.
enum DatasetJSONLD {
  static func json(_ facts: PackageFacts) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("@context", .string("https://schema.org/")), ("@type", .string("Dataset")),
      (
        "creator",
        .array(
          facts.parameters.authors.map {
            .object([("@type", .string("Organization")), ("name", .string($0))])
          })
      ),
      ("description", .string(facts.description)),
      ("distribution", .array(facts.tables.map(download))),
      ("isAccessibleForFree", .boolean(true)),
      ("keywords", .array(facts.parameters.keywords.map { .string($0) })),
      ("license", .string(PackageFacts.licenseURL)),
      ("measurementTechnique", .string("Active measurement of Electrum servers by crawling peers")),
      ("name", .string(facts.title)),
      (
        "publisher",
        .object([
          ("@type", .string("Organization")), ("name", .string(facts.parameters.publisher)),
        ])
      ),
      ("variableMeasured", .array(facts.tables.map { .string($0.schema.summary) })),
      ("version", .string(facts.version)),
    ]
    if let coverage = facts.temporalCoverage {
      members.append(("temporalCoverage", .string(coverage)))
    }
    if let created = facts.created { members.append(("dateCreated", .string(created))) }
    if !facts.parameters.repository.isEmpty {
      members.append(("isBasedOn", .string(facts.parameters.repository)))
    }
    return .object(members)
  }

  private static func download(_ table: PackagedTable) -> JSONValue {
    .object([
      ("@type", .string("DataDownload")), ("contentUrl", .string(table.path)),
      (
        "encodingFormat",
        .string(table.schema.encoding == .csv ? "text/csv" : "application/jsonl")
      ),
      ("name", .string(table.name)), ("sha256", .string(table.content.fileSHA256)),
    ])
  }

  /// The JSON as the content of a `script` element: no `<` can end it or begin another.
  static func scriptText(_ facts: PackageFacts) -> String {
    json(facts).canonicalText.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026").replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }
}

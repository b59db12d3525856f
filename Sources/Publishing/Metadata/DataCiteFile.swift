internal import Artifact

/// `datacite.json`: the record that registers a DOI (DataCite Metadata Schema 4.5). The DOI itself is
/// given by whoever registers it.
enum DataCiteFile {
  static func json(_ facts: PackageFacts) -> JSONValue {
    var members: [(String, JSONValue)] = [
      (
        "creators",
        .array(
          facts.parameters.authors.map {
            .object([("name", .string($0)), ("nameType", .string("Organizational"))])
          })
      ),
      (
        "descriptions",
        .array([
          .object([
            ("description", .string(facts.description)), ("descriptionType", .string("Abstract")),
            ("lang", .string("en")),
          ])
        ])
      ),
      ("formats", .array([.string("text/csv"), .string("application/jsonl")])),
      ("language", .string("en")),
      ("publisher", .object([("name", .string(facts.parameters.publisher))])),
      (
        "rightsList",
        .array([
          .object([
            ("rights", .string("Creative Commons Attribution 4.0 International")),
            ("rightsIdentifier", .string(PackageFacts.licenseName)),
            ("rightsIdentifierScheme", .string("SPDX")),
            ("rightsUri", .string(PackageFacts.licenseURL)),
          ])
        ])
      ),
      ("schemaVersion", .string("http://datacite.org/schema/kernel-4")),
      (
        "subjects",
        .array(facts.parameters.keywords.map { .object([("subject", .string($0))]) })
      ),
      ("titles", .array([.object([("title", .string(facts.title)), ("lang", .string("en"))])])),
      (
        "types",
        .object([
          ("resourceType", .string("Measurement data")),
          ("resourceTypeGeneral", .string("Dataset")),
        ])
      ), ("version", .string(facts.version)),
    ]
    if let created = facts.created {
      members.append(("publicationYear", .string(String(created.prefix(4)))))
    }
    if let collected = facts.temporalCoverage {
      members.append(
        (
          "dates",
          .array([
            .object([("date", .string(collected)), ("dateType", .string("Collected"))])
          ])
        ))
    }
    if !facts.parameters.repository.isEmpty {
      members.append(
        (
          "relatedIdentifiers",
          .array([
            .object([
              ("relatedIdentifier", .string(facts.parameters.repository)),
              ("relatedIdentifierType", .string("URL")), ("relationType", .string("IsCompiledBy")),
            ])
          ])
        ))
    }
    return .object(members)
  }
}

internal import Artifact

/// `.zenodo.json`: what Zenodo asks of a deposit.
enum ZenodoFile {
  static func json(_ facts: PackageFacts) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("access_right", .string("open")),
      ("creators", .array(facts.parameters.authors.map { .object([("name", .string($0))]) })),
      ("description", .string("<p>\(HTMLText.escape(facts.description))</p>")),
      ("keywords", .array(facts.parameters.keywords.map { .string($0) })),
      ("language", .string("eng")), ("license", .string("cc-by-4.0")),
      ("title", .string(facts.title)), ("upload_type", .string("dataset")),
      ("version", .string(facts.version)),
    ]
    if let created = facts.created {
      members.append(("publication_date", .string(String(created.prefix(10)))))
    }
    if !facts.parameters.repository.isEmpty {
      members.append(
        (
          "related_identifiers",
          .array([
            .object([
              ("identifier", .string(facts.parameters.repository)),
              ("relation", .string("isCompiledBy")), ("resource_type", .string("software")),
            ])
          ])
        ))
    }
    return .object(members)
  }
}

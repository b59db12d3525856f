internal import Artifact

/// `croissant.json`: the tables as data sets for machine learning (MLCommons Croissant 1.1).
enum Croissant {
  static func json(_ facts: PackageFacts) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("@context", context), ("@type", .string("sc:Dataset")),
      ("conformsTo", .string("http://mlcommons.org/croissant/1.1")),
      ("name", .string(facts.packageName)), ("alternateName", .string(facts.title)),
      ("description", .string(facts.description)),
      ("license", .string(PackageFacts.licenseURL)), ("version", .string(facts.version)),
      ("url", .string(facts.address)), ("citeAs", .string(CitationFile.line(facts))),
      ("isLiveDataset", .boolean(false)),
      (
        "creator",
        .array(
          facts.parameters.authors.map {
            .object([("@type", .string("sc:Organization")), ("name", .string($0))])
          })
      ),
      ("keywords", .array(facts.parameters.keywords.map { .string($0) })),
      ("distribution", .array(facts.tables.map(file))),
      ("recordSet", .array(facts.tables.filter { $0.content.rows > 0 }.map(records))),
      (
        "rai:dataCollection",
        .string(
          "Active measurement: a crawl from public lists asks each server a fixed list of harmless "
            + "questions. DATASHEET.md says how.")
      ),
      (
        "rai:dataLimitations",
        .string(
          "One vantage sees one path; unknown is not absent; likely operators are inferences; whether "
            + "a server keeps logs cannot be observed.")
      ),
      (
        "rai:personalSensitiveInformation",
        .string(
          "Addresses of servers, and contacts that their operators publish in banners. Nothing of "
            + "wallets or their users.")
      ),
    ]
    if let created = facts.created {
      members.append(("datePublished", .string(String(created.prefix(10)))))
    }
    return .object(members)
  }

  private static func file(_ table: PackagedTable) -> JSONValue {
    .object([
      ("@type", .string("cr:FileObject")), ("@id", .string(table.path)),
      ("name", .string(table.path)), ("description", .string(table.schema.summary)),
      ("contentUrl", .string(table.path)),
      ("contentSize", .string("\(table.content.fileBytes) B")),
      (
        "encodingFormat",
        .string(table.schema.encoding == .csv ? "text/csv" : "application/jsonlines")
      ),
      ("sha256", .string(table.content.fileSHA256)),
    ])
  }

  /// Columns of objects are left out: readers have no type for them.
  private static func records(_ table: PackagedTable) -> JSONValue {
    let columns = table.schema.columns.filter { !isNested($0) }
    let nested = table.schema.columns.filter(isNested).map(\.name)
    let note =
      nested.isEmpty
      ? "" : " Without what is nested, which the file has: \(nested.joined(separator: ", "))."
    return .object([
      ("@type", .string("cr:RecordSet")), ("@id", .string(table.name)),
      ("name", .string(table.name)), ("description", .string(table.schema.summary + note)),
      (
        "key",
        .array(table.schema.key.map { .object([("@id", .string("\(table.name)/\($0)"))]) })
      ),
      ("field", .array(columns.map { field($0, table) })),
    ])
  }

  private static func isNested(_ column: Column) -> Bool {
    switch column.kind {
    case .object, .objects: true
    case .text, .word, .integer, .number, .boolean, .timestamp, .texts: false
    }
  }

  private static func field(_ column: Column, _ table: PackagedTable) -> JSONValue {
    .object([
      ("@type", .string("cr:Field")), ("@id", .string("\(table.name)/\(column.name)")),
      ("name", .string(column.name)),
      ("description", .string(TableSchema.description(of: column))),
      ("dataType", .string(type(of: column))),
      (
        "source",
        .object([
          ("fileObject", .object([("@id", .string(table.path))])),
          ("extract", .object([("column", .string(column.name))])),
        ])
      ),
    ])
  }

  /// Whole numbers that may be missing are floating in the reader, as in pandas.
  private static func type(of column: Column) -> String {
    switch column.kind {
    case .integer: column.empty == nil ? "sc:Integer" : "sc:Float"
    case .number: "sc:Float"
    case .boolean: column.empty == nil ? "sc:Boolean" : "sc:Text"
    case .text, .word, .timestamp, .texts, .object, .objects: "sc:Text"
    }
  }

  /// The standard context of version 1.1, which readers compare with their own.
  private static let context: JSONValue = {
    let croissant = [
      "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
      "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset",
      "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
      "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
    func typed(_ id: String, _ type: String) -> JSONValue {
      .object([("@id", .string(id)), ("@type", .string(type))])
    }
    let language = JSONValue.object([("@container", .string("@language"))])
    return .object(
      croissant.map { ($0, .string("cr:\($0)")) } + [
        ("@language", .string("en")), ("@vocab", .string("https://schema.org/")),
        ("conformsTo", .string("dct:conformsTo")),
        ("cr", .string("http://mlcommons.org/croissant/")),
        ("rai", .string("http://mlcommons.org/croissant/RAI/")),
        ("data", typed("cr:data", "@json")), ("dataType", typed("cr:dataType", "@vocab")),
        ("dct", .string("http://purl.org/dc/terms/")), ("description", language),
        ("examples", typed("cr:examples", "@json")), ("name", language),
        ("sc", .string("https://schema.org/")),
      ])
  }()
}

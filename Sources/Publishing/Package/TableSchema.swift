internal import Artifact

/// A table's columns as Frictionless Table Schema (Data Package v2).
enum TableSchema {
  static func json(of table: PackagedTable, beside names: Set<String>) -> JSONValue {
    let schema = table.schema
    var members: [(String, JSONValue)] = [
      ("fields", .array(schema.columns.map { field($0, schema.encoding) })),
      ("missingValues", .array([.string("")])),
      ("primaryKey", .array(schema.key.map { .string($0) })),
    ]
    let keys = ForeignKey.all.filter {
      $0.table == table.name && names.contains($0.referencedTable)
    }
    if !keys.isEmpty { members.append(("foreignKeys", .array(keys.map(json)))) }
    return .object(members)
  }

  private static func json(_ key: ForeignKey) -> JSONValue {
    .object([
      ("fields", .array(key.fields.map { .string($0) })),
      (
        "reference",
        .object([
          ("fields", .array(key.referencedFields.map { .string($0) })),
          ("resource", .string(key.referencedTable)),
        ])
      ),
    ])
  }

  private static func field(_ column: Column, _ encoding: ArtifactSchema.Encoding) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(column.name)), ("description", .string(description(of: column))),
      ("type", .string(type(of: column.kind, encoding))),
    ]
    if let unit = column.unit { members.append(("unit", .string(unit))) }
    if let empty = column.empty { members.append(("missing", .string(empty))) }
    let constraints = constraints(of: column)
    if !constraints.isEmpty { members.append(("constraints", .object(constraints))) }
    return .object(members)
  }

  /// The summary with what the type alone does not say.
  static func description(of column: Column) -> String {
    var text = column.summary
    if case .texts = column.kind { text += " Several values are separated by `;` in CSV." }
    if let unit = column.unit { text += " Unit: \(unit)." }
    if let empty = column.empty { text += " Empty: \(empty)." }
    return text
  }

  private static func type(
    of kind: Column.Kind, _ encoding: ArtifactSchema.Encoding
  ) -> String {
    switch kind {
    case .text, .word: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .timestamp: "datetime"
    case .texts: encoding == .csv ? "string" : "array"
    case .object: "object"
    case .objects: "array"
    }
  }

  private static func constraints(of column: Column) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if case .word(let words) = column.kind {
      members.append(("enum", .array(words.map { .string($0) })))
    }
    // A text without a meaning of empty may still be the empty text.
    switch column.kind {
    case .text, .texts: break
    default: if column.empty == nil { members.append(("required", .boolean(true))) }
    }
    return members
  }

  /// The pandas dtype that keeps a column as it is; nil where pandas' own guess is right.
  static func pandasType(of kind: Column.Kind) -> String? {
    switch kind {
    case .integer: "Int64"
    case .boolean: "boolean"
    case .text, .word, .texts, .timestamp: "string"
    case .number: "Float64"
    case .object, .objects: nil
    }
  }
}

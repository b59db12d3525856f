/// Renders a schema declaration as JSON Schema (draft 2020-12).
extension ArtifactSchema {
  /// The schema of one row. A CSV row is the object of its typed cells.
  public var jsonSchema: JSONValue {
    guard case .object(let body) = Self.object(columns) else { return .null }
    return .object(
      body + [
        ("$id", .string("urn:electrum-observatory:\(identifier)")),
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("description", .string(summary)), ("title", .string(identifier)),
        ("x-encoding", .string(encoding.rawValue)),
        ("x-key", .array(key.map { .string($0) })),
      ])
  }

  private static func object(_ columns: [Column]) -> JSONValue {
    .object([
      ("additionalProperties", .boolean(false)),
      ("properties", .object(columns.map { ($0.name, property($0)) })),
      ("required", .array(columns.map { .string($0.name) })), ("type", .string("object")),
    ])
  }

  private static func property(_ column: Column) -> JSONValue {
    var members = type(of: column)
    members.append(("description", .string(column.summary)))
    if let unit = column.unit { members.append(("x-unit", .string(unit))) }
    if let empty = column.empty { members.append(("x-empty", .string(empty))) }
    return .object(members)
  }

  private static func type(of column: Column) -> [(String, JSONValue)] {
    func typed(_ name: String, _ more: [(String, JSONValue)] = []) -> [(String, JSONValue)] {
      let type: JSONValue =
        column.empty == nil ? .string(name) : .array([.string(name), .string("null")])
      return [("type", type)] + more
    }
    switch column.kind {
    case .text: return typed("string")
    case .word(let words):
      var values: [JSONValue] = words.map { .string($0) }
      if column.empty != nil { values.append(.null) }
      return [("enum", .array(values))]
    case .integer: return typed("integer")
    case .number(let digits):
      return typed("number", [("x-significant-digits", .integer(digits))])
    case .boolean: return typed("boolean")
    case .timestamp: return typed("string", [("format", .string("date-time"))])
    case .texts:
      return [("items", .object([("type", .string("string"))])), ("type", .string("array"))]
    case .object(let columns):
      guard column.empty != nil else { return members(object(columns)) }
      return [("anyOf", .array([object(columns), .object([("type", .string("null"))])]))]
    case .objects(let columns):
      return [("items", object(columns)), ("type", .string("array"))]
    }
  }

  private static func members(_ value: JSONValue) -> [(String, JSONValue)] {
    if case .object(let members) = value { members } else { [] }
  }
}

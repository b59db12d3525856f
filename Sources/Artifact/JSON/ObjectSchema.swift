/// The JSON Schema (draft 2020-12) of an object, from the list of its members.
public struct ObjectSchema: Fields {
  private var definitions: SchemaDefinitions
  private var properties: [(String, JSONValue)] = []
  private var needed: [String] = []
  private var rules: [JSONValue] = []

  /// The schema of an object of this type, as members of a JSON object.
  public static func members<Value: FieldObject>(
    of type: Value.Type, _ definitions: inout SchemaDefinitions
  ) -> [(String, JSONValue)] {
    var schema = ObjectSchema(definitions: definitions)
    var value = Value()
    value.fields(&schema)
    definitions = schema.definitions
    var members: [(String, JSONValue)] = [
      ("additionalProperties", .boolean(Value.isOpen)), ("properties", .object(schema.properties)),
      ("type", .string("object")),
    ]
    if !schema.needed.isEmpty {
      members.append(("required", .array(schema.needed.map { .string($0) })))
    }
    if !schema.rules.isEmpty { members.append(("allOf", .array(schema.rules))) }
    return members
  }

  public mutating func visit<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, isRequired: Bool,
    _ summary: String
  ) {
    var members = form.schema(&definitions)
    members.append(("description", .string(summary)))
    if isRequired {
      needed.append(key)
    } else if let json = form.write(value, false) {
      // What an object is where nobody says anything is said by its own members.
      if case .object = json {} else { members.append(("default", json)) }
    }
    properties.append((key, .object(members)))
  }

  public mutating func check(
    _ key: String, as kind: ObjectMistake.Kind, _ holds: @autoclosure () -> Bool,
    expected: @autoclosure () -> String, found: @autoclosure () -> String
  ) {}

  public mutating func exactlyOne(of groups: [[String]]) {
    let needed = groups.map { group in
      JSONValue.object([("required", .array(group.map { .string($0) }))])
    }
    // One group is there whole, and no key of a second.
    let present = groups.map { group in
      JSONValue.object([
        (
          "anyOf",
          .array(group.map { .object([("required", .array([.string($0)]))]) })
        )
      ])
    }
    rules.append(.object([("anyOf", .array(needed))]))
    rules.append(.object([("oneOf", .array(present))]))
  }

  public mutating func choice(
    _ word: String, of key: String, needs: [String], refuses: [String]
  ) {
    let condition = JSONValue.object([
      ("properties", .object([(key, .object([("const", .string(word))]))])),
      ("required", .array([.string(key)])),
    ])
    var consequence = [("required", JSONValue.array(needs.map { .string($0) }))]
    if !refuses.isEmpty {
      let present = refuses.map { JSONValue.object([("required", .array([.string($0)]))]) }
      consequence.append(("not", .object([("anyOf", .array(present))])))
    }
    rules.append(.object([("if", condition), ("then", .object(consequence))]))
  }

  private init(definitions: SchemaDefinitions) {
    self.definitions = definitions
  }
}

/// The definitions (`$defs`) of a JSON Schema that its parts refer to by name.
public struct SchemaDefinitions {
  public private(set) var all: [String: JSONValue] = [:]

  public init() {}

  public var json: JSONValue { .object(all.map { ($0.key, $0.value) }) }

  /// The reference to a definition, which is made where it is not there yet.
  public mutating func reference(
    _ name: String, _ members: (inout SchemaDefinitions) -> [(String, JSONValue)]
  ) -> [(String, JSONValue)] {
    if all[name] == nil {
      // A definition that refers to itself finds the name taken.
      all[name] = .object([])
      all[name] = .object(members(&self))
    }
    return [("$ref", .string("#/$defs/\(name)"))]
  }
}

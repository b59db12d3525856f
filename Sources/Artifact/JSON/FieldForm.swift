/// How a Swift value stands in JSON: how it is read, written and described.
public struct FieldForm<Value>: Sendable {
  /// A value with its JSON form, defaults of members filled in.
  public typealias Reading = (value: Value, json: JSONValue)

  /// Reads a value found at a path; nil: it cannot be used, and why was added to the mistakes.
  /// The value before is what an object's own defaults are.
  public let read: @Sendable (JSONValue, Value?, String, inout [ObjectMistake]) -> Reading?
  /// Nil: the member is left out. Where `fills` holds, members are written though they have
  /// their defaults.
  public let write: @Sendable (_ value: Value, _ fills: Bool) -> JSONValue?
  /// The members of the JSON Schema of the value.
  public let schema: @Sendable (inout SchemaDefinitions) -> [(String, JSONValue)]

  public init(
    read: @escaping @Sendable (JSONValue, Value?, String, inout [ObjectMistake]) -> Reading?,
    write: @escaping @Sendable (_ value: Value, _ fills: Bool) -> JSONValue?,
    schema: @escaping @Sendable (inout SchemaDefinitions) -> [(String, JSONValue)]
  ) {
    self.read = read
    self.write = write
    self.schema = schema
  }

  /// A form without parts, such as a number.
  ///
  /// - Parameter accept: the value, or why this JSON is none.
  init(
    expected: String, schema: [(String, JSONValue)],
    write: @escaping @Sendable (Value) -> JSONValue,
    accept: @escaping @Sendable (JSONValue) -> Result<Value, Refusal>
  ) {
    self.init(
      read: { json, _, path, mistakes in
        switch accept(json) {
        case .success(let value): return (value, json)
        case .failure(let refusal):
          mistakes.append(
            ObjectMistake(refusal.kind, path: path, expected: expected, found: json.kind))
          return nil
        }
      },
      write: { value, _ in write(value) }, schema: { _ in schema })
  }

  struct Refusal: Error {
    let kind: ObjectMistake.Kind

    init(_ kind: ObjectMistake.Kind) {
      self.kind = kind
    }
  }

  /// The form of a member that may be absent.
  var optional: FieldForm<Value?> {
    FieldForm<Value?>(
      read: { json, old, path, mistakes in
        read(json, old ?? nil, path, &mistakes).map { ($0.value, $0.json) }
      },
      write: { value, fills in value.flatMap { write($0, fills) } },
      schema: schema)
  }

  /// The form of a member for which `null` says that there is no value.
  public static func nullable<Wrapped>(_ form: FieldForm<Wrapped>) -> FieldForm<Wrapped?>
  where Value == Wrapped? {
    FieldForm(
      read: { json, old, path, mistakes in
        if case .null = json { return (nil, json) }
        return form.read(json, old ?? nil, path, &mistakes).map { ($0.value, $0.json) }
      },
      write: { value, fills in value.map { form.write($0, fills) } ?? .null },
      schema: { definitions in
        [
          (
            "anyOf",
            .array([.object(form.schema(&definitions)), .object([("type", .string("null"))])])
          )
        ]
      })
  }

  /// The same form of another type; a value that `into` cannot convert is refused.
  ///
  /// - Parameters:
  ///   - expected: what a convertible value is, for messages.
  ///   - kind: what the mistake of a value is that cannot be converted.
  ///   - constraint: further members of the JSON Schema.
  public func converted<Other>(
    expected: String, _ kind: ObjectMistake.Kind = .refused,
    constraint: [(String, JSONValue)] = [],
    into: @escaping @Sendable (Value) -> Other?, from: @escaping @Sendable (Other) -> Value
  ) -> FieldForm<Other> {
    FieldForm<Other>(
      read: { json, old, path, mistakes in
        guard let reading = read(json, old.map(from), path, &mistakes) else { return nil }
        if let value = into(reading.value) { return (value, reading.json) }
        mistakes.append(ObjectMistake(kind, path: path, expected: expected, found: json.kind))
        return nil
      },
      write: { value, fills in write(from(value), fills) },
      schema: { definitions in
        schema(&definitions).filter { member in !constraint.contains { $0.0 == member.0 } }
          + constraint
      })
  }
}

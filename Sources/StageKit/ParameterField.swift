public import Artifact

/// The declaration of one parameter: what it means, what it may be, what it is if nobody says.
public struct ParameterField: Sendable {
  public enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case flag
    /// Any text.
    case text
    /// One of these words.
    case choice([String])
    /// A list of texts.
    case texts
    /// A list of objects with these members.
    case objects([ParameterField])
  }

  public let name: String
  public let kind: Kind
  public let fallback: JSONValue
  public let summary: String

  public init(_ name: String, _ kind: Kind, default fallback: JSONValue, _ summary: String) {
    self.name = name
    self.kind = kind
    self.fallback = fallback
    self.summary = summary
  }

  /// What a value must be, for error messages.
  var expectation: String {
    switch kind {
    case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "true or false"
    case .text: "text"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .texts: "a list of texts"
    case .objects: "a list of objects"
    }
  }

  func accepts(_ value: JSONValue) -> Bool {
    switch (kind, value) {
    case (.integer(let range), .integer(let value)): range.contains(value)
    case (.number(let range), .integer(let value)): range.contains(Double(value))
    case (.number(let range), .number(let value)): range.contains(value)
    case (.flag, .boolean), (.text, .string): true
    case (.choice(let words), .string(let word)): words.contains(word)
    case (.texts, .array(let items)):
      items.allSatisfy { if case .string = $0 { true } else { false } }
    case (.objects, .array(let items)):
      items.allSatisfy { if case .object = $0 { true } else { false } }
    default: false
    }
  }

  /// The JSON Schema of the value.
  var jsonSchema: JSONValue {
    var members: [(String, JSONValue)] = [
      ("default", fallback), ("description", .string(summary)),
    ]
    switch kind {
    case .integer(let range):
      members += [
        ("maximum", .integer(range.upperBound)), ("minimum", .integer(range.lowerBound)),
        ("type", .string("integer")),
      ]
    case .number(let range):
      members += [
        ("maximum", .number(range.upperBound)), ("minimum", .number(range.lowerBound)),
        ("type", .string("number")),
      ]
    case .flag: members.append(("type", .string("boolean")))
    case .text: members.append(("type", .string("string")))
    case .choice(let words): members.append(("enum", .array(words.map { .string($0) })))
    case .texts:
      members += [
        ("items", .object([("type", .string("string"))])), ("type", .string("array")),
      ]
    case .objects(let fields):
      members += [("items", Self.objectSchema(fields)), ("type", .string("array"))]
    }
    return .object(members)
  }

  /// The JSON Schema of an object with these members.
  static func objectSchema(_ fields: [ParameterField]) -> JSONValue {
    .object([
      ("additionalProperties", .boolean(false)),
      ("properties", .object(fields.map { ($0.name, $0.jsonSchema) })),
      ("type", .string("object")),
    ])
  }
}

/// The checked parameters of one stage: only these can run.
public protocol StageParameters: Sendable {
  static var fields: [ParameterField] { get }
  /// - Parameter values: checked against `fields`, with every default filled in.
  init(_ values: ParameterValues) throws(StageError)
}

extension StageParameters {
  /// The parameters where nobody says anything.
  public static func defaults() throws(StageError) -> Self {
    try Self(ParameterValues(.object([]), fields: fields, place: "defaults"))
  }

  /// The JSON Schema of the stage's object in pipeline.json.
  public static var jsonSchema: JSONValue { ParameterField.objectSchema(fields) }
}

public import Artifact

/// The values of a stage's parameters after checking: known keys, right types, within range.
public struct ParameterValues: Sendable {
  /// Every parameter as used, defaults included: what goes into manifests.
  public let json: JSONValue
  private let place: String

  /// - Parameters:
  ///   - object: the stage's object as given.
  ///   - place: file and key, for error messages.
  public init(
    _ object: JSONValue, fields: [ParameterField], place: String
  ) throws(StageError) {
    guard case .object(let members) = object else {
      throw StageError(
        .parameters, place: place, expected: "an object", found: object.kind,
        remedy: "see the JSON Schema of pipeline.json")
    }
    for (key, _) in members where !fields.contains(where: { $0.name == key }) {
      throw StageError(
        .parameters, place: "\(place), key \(EscapedText.escape(key))",
        expected: "one of \(fields.map(\.name).joined(separator: ", "))",
        found: "an unknown key", remedy: "correct the key or remove it")
    }
    var values: [(String, JSONValue)] = []
    for field in fields {
      var value = object[field.name] ?? field.fallback
      guard field.accepts(value) else {
        throw StageError(
          .parameters, place: "\(place), key \(field.name)", expected: field.expectation,
          found: value.kind, remedy: "correct the value or remove the key for its default")
      }
      if case .objects(let fields) = field.kind, case .array(let items) = value {
        value = .array(try Self.checked(items, fields, "\(place), key \(field.name)"))
      }
      values.append((field.name, value))
    }
    json = .object(values)
    self.place = place
  }

  private static func checked(
    _ items: [JSONValue], _ fields: [ParameterField], _ place: String
  ) throws(StageError) -> [JSONValue] {
    var result: [JSONValue] = []
    for (index, item) in items.enumerated() {
      result.append(
        try ParameterValues(item, fields: fields, place: "\(place)[\(index)]").json)
    }
    return result
  }

  public func integer(_ name: String) throws(StageError) -> Int {
    if case .integer(let value)? = json[name] { return value }
    throw undeclared(name)
  }

  public func number(_ name: String) throws(StageError) -> Double {
    switch json[name] {
    case .integer(let value)?: return Double(value)
    case .number(let value)?: return value
    default: throw undeclared(name)
    }
  }

  public func flag(_ name: String) throws(StageError) -> Bool {
    if case .boolean(let value)? = json[name] { return value }
    throw undeclared(name)
  }

  public func text(_ name: String) throws(StageError) -> String {
    if case .string(let value)? = json[name] { return value }
    throw undeclared(name)
  }

  public func texts(_ name: String) throws(StageError) -> [String] {
    guard case .array(let items)? = json[name] else { throw undeclared(name) }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The members of each object of a list.
  public func objects(_ name: String) throws(StageError) -> [ParameterValues] {
    guard case .array(let items)? = json[name] else { throw undeclared(name) }
    return items.enumerated().map { index, item in
      ParameterValues(checked: item, place: "\(place), key \(name)[\(index)]")
    }
  }

  /// The error of a value that has the right type and is still none.
  public func refusal(_ name: String, expected: String, _ found: String) -> StageError {
    StageError(
      .parameters, place: "\(place), key \(name)", expected: expected,
      found: "\"\(EscapedText.escape(found))\"", remedy: "correct the value")
  }

  private init(checked json: JSONValue, place: String) {
    self.json = json
    self.place = place
  }

  private func undeclared(_ name: String) -> StageError {
    StageError(
      .bug, place: "\(place), key \(name)", expected: "a declared parameter of this type",
      found: "none", remedy: "report this")
  }
}

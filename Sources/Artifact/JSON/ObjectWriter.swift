/// Writes an object's members as JSON.
public struct ObjectWriter: Fields {
  private let fills: Bool
  /// Canonical bytes of the members that are left out where they are the same.
  private let defaults: [String: [UInt8]]
  private var members: [(String, JSONValue)] = []

  /// - Parameter fills: whether members are written that have their defaults.
  public static func json<Value: FieldObject>(of value: Value, fills: Bool = true) -> JSONValue {
    var writer = ObjectWriter(fills: fills, defaults: fills ? [:] : defaults(of: Value.self))
    var copy = value
    copy.fields(&writer)
    return .object(writer.members)
  }

  private static func defaults<Value: FieldObject>(of type: Value.Type) -> [String: [UInt8]] {
    var writer = ObjectWriter(fills: true, defaults: [:])
    var value = Value()
    value.fields(&writer)
    return Dictionary(
      writer.members.map { ($0.0, $0.1.canonicalBytes) }, uniquingKeysWith: { first, _ in first })
  }

  private init(fills: Bool, defaults: [String: [UInt8]]) {
    self.fills = fills
    self.defaults = defaults
  }

  public mutating func visit<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, isRequired: Bool,
    _ summary: String
  ) {
    guard let json = form.write(value, fills) else { return }
    if !isRequired, let usual = defaults[key], form.write(value, true)?.canonicalBytes == usual {
      return
    }
    members.append((key, json))
  }

  public mutating func check(
    _ key: String, as kind: ObjectMistake.Kind, _ holds: @autoclosure () -> Bool,
    expected: @autoclosure () -> String, found: @autoclosure () -> String
  ) {}

  public mutating func exactlyOne(of groups: [[String]]) {}

  public mutating func choice(
    _ word: String, of key: String, needs: [String], refuses: [String]
  ) {}
}

/// The keys of an object, in the order in which it lists them.
public struct ObjectMembers: Fields {
  private var keys: [String] = []

  public static func keys<Value: FieldObject>(of type: Value.Type) -> [String] {
    var members = ObjectMembers()
    var value = Value()
    value.fields(&members)
    return members.keys
  }

  public mutating func visit<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, isRequired: Bool,
    _ summary: String
  ) {
    keys.append(key)
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

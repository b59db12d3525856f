/// Who wants to know the members of a JSON object: its reader, its writer, its schema.
///
/// An object lists its members once, in `FieldObject.fields`; whoever visits the list does with it
/// what is its own business. A visitor never throws: a reader keeps each mistake and goes on, so
/// that all of them can be told at once.
public protocol Fields {
  /// A member. Its value before the visit is its default.
  mutating func visit<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, isRequired: Bool,
    _ summary: String)

  /// A rule that the value of `key` obeys beside its form. A reader asks it only where nothing is
  /// wrong with the value, nor with one whose name goes on after that of `key`.
  ///
  /// - Parameter kind: what the mistake is where it does not hold.
  mutating func check(
    _ key: String, as kind: ObjectMistake.Kind, _ holds: @autoclosure () -> Bool,
    expected: @autoclosure () -> String, found: @autoclosure () -> String)

  /// The object has all keys of exactly one of these groups, and none of the others.
  mutating func exactlyOne(of groups: [[String]])

  /// Where `key` has this word, the object has the needed keys and none of the refused ones.
  mutating func choice(_ word: String, of key: String, needs: [String], refuses: [String])
}

extension Fields {
  /// A member that has a default.
  public mutating func field<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, _ summary: String
  ) {
    visit(key, &value, form, isRequired: false, summary)
  }

  /// A member that may be absent.
  public mutating func field<Value>(
    _ key: String, _ value: inout Value?, _ form: FieldForm<Value>, _ summary: String
  ) {
    visit(key, &value, form.optional, isRequired: false, summary)
  }

  /// A rule that the value of `key` obeys beside its form.
  public mutating func check(
    _ key: String, _ holds: @autoclosure () -> Bool, expected: @autoclosure () -> String,
    found: @autoclosure () -> String
  ) {
    check(key, as: .refused, holds(), expected: expected(), found: found())
  }

  /// A member that must be there.
  public mutating func required<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, _ summary: String
  ) {
    visit(key, &value, form, isRequired: true, summary)
  }
}

/// A JSON object whose members are listed once.
public protocol FieldObject: Sendable {
  /// Name of its definition in a JSON Schema; nil: its schema stands where it is used.
  static var definition: String? { get }
  /// Whether it may have further members, which nobody reads.
  static var isOpen: Bool { get }
  /// The object where nobody says anything.
  init()
  /// Visits each member with its key, property, form and meaning.
  mutating func fields<F: Fields>(_ f: inout F)
}

extension FieldObject {
  public static var definition: String? { nil }
  public static var isOpen: Bool { false }
}

/// Strict reading of one JSON object: every key is known, every value has its form. What is wrong
/// is collected, all of it, each mistake with the path of its value.
public struct ObjectReader: Fields {
  public private(set) var mistakes: [ObjectMistake] = []
  /// The members as used: those given as they were given, the others with their defaults.
  public private(set) var used: [(String, JSONValue)] = []

  private let path: String
  private let members: [(String, JSONValue)]
  private var known: [String] = []
  private let isObject: Bool

  /// - Parameter path: where the object stands in its document; empty: it is the document.
  public init(_ json: JSONValue, path: String = "") {
    self.path = path
    if case .object(let members) = json {
      self.members = members
      isObject = true
    } else {
      members = []
      isObject = false
      refuse(.wrongType, at: path, "an object", json.kind)
    }
  }

  /// The members of `json` in an object of this type, and their JSON form as used.
  public static func read<Value: FieldObject>(
    _ json: JSONValue, as type: Value.Type = Value.self
  ) throws(ObjectMistakes) -> (value: Value, used: JSONValue) {
    var value = Value()
    var reader = ObjectReader(json)
    value.fields(&reader)
    reader.finish(isOpen: Value.isOpen)
    if !reader.mistakes.isEmpty { throw ObjectMistakes(all: reader.mistakes) }
    return (value, .object(reader.used))
  }

  public mutating func visit<Value>(
    _ key: String, _ value: inout Value, _ form: FieldForm<Value>, isRequired: Bool,
    _ summary: String
  ) {
    known.append(key)
    guard isObject else { return }
    guard let json = self[key] else {
      if isRequired {
        refuse(.missing, at: ObjectPath.join(path, key), "this key", "nothing")
      } else if let json = form.write(value, true) {
        used.append((key, json))
      }
      return
    }
    let place = ObjectPath.join(path, key)
    guard let reading = form.read(json, value, place, &mistakes) else { return }
    value = reading.value
    used.append((key, reading.json))
  }

  public mutating func check(
    _ key: String, as kind: ObjectMistake.Kind, _ holds: @autoclosure () -> Bool,
    expected: @autoclosure () -> String, found: @autoclosure () -> String
  ) {
    let place = ObjectPath.join(path, key)
    let isRefused = mistakes.contains { $0.path == path || $0.path.hasPrefix(place) }
    if isRefused || holds() { return }
    refuse(kind, at: place, expected(), found())
  }

  public mutating func exactlyOne(of groups: [[String]]) {
    guard isObject else { return }
    let present = groups.filter { group in group.contains { self[$0] != nil } }
    if present.count == 1, let group = present.first {
      for key in group where self[key] == nil {
        refuse(.missing, at: ObjectPath.join(path, key), "this key", "nothing")
      }
      return
    }
    let words = groups.map { $0.joined(separator: " with ") }
    refuse(
      .missing, at: path, "exactly one of \(words.joined(separator: ", "))",
      present.isEmpty ? "none" : "several")
  }

  public mutating func choice(
    _ word: String, of key: String, needs: [String], refuses: [String]
  ) {
    guard case .string(word)? = self[key] else { return }
    for key in needs where self[key] == nil {
      refuse(.missing, at: ObjectPath.join(path, key), "this key", "nothing")
    }
    for key in refuses where self[key] != nil {
      refuse(.unknownKey, at: ObjectPath.join(path, key), "no such key beside \(word)", "one")
    }
  }

  /// Reports every key that no visit asked for; called after all of them. They come first, since a
  /// key that is misspelt is also one that is missing.
  ///
  /// - Parameter isOpen: whether the object may have such keys.
  public mutating func finish(isOpen: Bool = false) {
    if isOpen { return }
    let unknown = members.filter { member in
      !known.contains { $0.utf8.elementsEqual(member.0.utf8) }
    }
    let expected = "one of \(known.joined(separator: ", "))"
    mistakes.insert(
      contentsOf: unknown.map { key, _ in
        ObjectMistake(
          .unknownKey, path: ObjectPath.join(path, key), expected: expected,
          found: "an unknown key")
      }, at: 0)
  }

  private subscript(key: String) -> JSONValue? {
    members.first { $0.0.utf8.elementsEqual(key.utf8) }?.1
  }

  private mutating func refuse(
    _ kind: ObjectMistake.Kind, at path: String, _ expected: String, _ found: String
  ) {
    mistakes.append(ObjectMistake(kind, path: path, expected: expected, found: found))
  }
}

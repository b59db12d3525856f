internal import ElectrumProtocol

/// Strict reading of one JSON object: every key is known, every value has its type and range.
struct ScenarioReader {
  let value: WireValue
  let place: String

  /// - Parameter keys: all keys the object may have.
  init(_ value: WireValue, place: String, keys: Set<String>) throws(ScenarioError) {
    guard let members = value.members else {
      throw ScenarioError(
        .wrongType, place: place.isEmpty ? "the scenario" : place, expected: "an object",
        found: Self.kind(value))
    }
    var seen: Set<String> = []
    for member in members {
      guard keys.contains(member.key) else {
        throw ScenarioError(
          .unknownKey, place: Self.join(place, member.key),
          expected: "one of \(keys.sorted().joined(separator: ", "))", found: "this key")
      }
      guard seen.insert(member.key).inserted else {
        throw ScenarioError(
          .notUnique, place: Self.join(place, member.key), expected: "each key once",
          found: "it again")
      }
    }
    self.value = value
    self.place = place
  }

  func place(_ key: String) -> String { Self.join(place, key) }

  func has(_ key: String) -> Bool { value[key] != nil }

  func required<T>(_ key: String, _ result: T?) throws(ScenarioError) -> T {
    if let result { return result }
    throw ScenarioError(
      .missingKey, place: place(key), expected: "this key", found: "nothing")
  }

  func optionalText(_ key: String) throws(ScenarioError) -> String? {
    guard let value = value[key] else { return nil }
    guard let text = value.text else { throw wrongType(key, "a text", value) }
    return text
  }

  func text(_ key: String) throws(ScenarioError) -> String {
    try required(key, try optionalText(key))
  }

  func optionalInteger(
    _ key: String, _ range: ClosedRange<Int>
  ) throws(ScenarioError) -> Int? {
    guard let value = value[key] else { return nil }
    guard let number = value.integer else { throw wrongType(key, "an integer", value) }
    guard range.contains(number) else {
      throw ScenarioError(
        .outOfRange, place: place(key),
        expected: "\(range.lowerBound)…\(range.upperBound)", found: "\(number)")
    }
    return number
  }

  func integer(_ key: String, _ range: ClosedRange<Int>) throws(ScenarioError) -> Int {
    try required(key, try optionalInteger(key, range))
  }

  func number(_ key: String, _ range: ClosedRange<Double>) throws(ScenarioError) -> Double {
    let value = try required(key, value[key])
    guard let number = value.double else { throw wrongType(key, "a number", value) }
    guard range.contains(number) else {
      throw ScenarioError(
        .outOfRange, place: place(key),
        expected: "\(range.lowerBound)…\(range.upperBound)", found: "\(number)")
    }
    return number
  }

  func optionalNumber(
    _ key: String, _ range: ClosedRange<Double>
  ) throws(ScenarioError) -> Double? {
    has(key) ? try number(key, range) : nil
  }

  func optionalBoolean(_ key: String) throws(ScenarioError) -> Bool? {
    guard let value = value[key] else { return nil }
    guard let boolean = value.boolean else { throw wrongType(key, "true or false", value) }
    return boolean
  }

  func texts(_ key: String) throws(ScenarioError) -> [String] {
    guard let value = value[key] else { return [] }
    let items = value.elements.map { $0.compactMap(\.text) }
    guard let items, items.count == value.elements?.count else {
      throw wrongType(key, "a list of texts", value)
    }
    return items
  }

  func integers(_ key: String, _ range: ClosedRange<Int>) throws(ScenarioError) -> [Int] {
    try list(key).mapThrowing { item throws(ScenarioError) in
      guard let number = item.value.integer, range.contains(number) else {
        throw ScenarioError(
          .outOfRange, place: item.place,
          expected: "an integer of \(range.lowerBound)…\(range.upperBound)",
          found: Self.kind(item.value))
      }
      return number
    }
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _: Word.Type
  ) throws(ScenarioError) -> Word where Word.RawValue == String {
    let text = try text(key)
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw ScenarioError(
        .unknownName, place: place(key), expected: "one of \(known)", found: "\"\(text)\"")
    }
    return word
  }

  /// Each element of a list with its place; an absent key is an empty list.
  func list(_ key: String) throws(ScenarioError) -> [(value: WireValue, place: String)] {
    guard let value = value[key] else { return [] }
    guard let elements = value.elements else { throw wrongType(key, "a list", value) }
    return elements.enumerated().map { ($0.element, "\(place(key))[\($0.offset)]") }
  }

  /// The items of a list, each read by `read`.
  func items<Item>(
    _ key: String, _ read: (WireValue, String) throws(ScenarioError) -> Item
  ) throws(ScenarioError) -> [Item] {
    var result: [Item] = []
    for item in try list(key) { result.append(try read(item.value, item.place)) }
    return result
  }

  func wrongType(_ key: String, _ expected: String, _ value: WireValue) -> ScenarioError {
    ScenarioError(
      .wrongType, place: place(key), expected: expected, found: Self.kind(value))
  }

  private static func join(_ place: String, _ key: String) -> String {
    place.isEmpty ? key : "\(place).\(key)"
  }

  private static func kind(_ value: WireValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): "the number \(text)"
    case .string(let text): "the text \"\(text)\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}

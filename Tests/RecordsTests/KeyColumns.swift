import Artifact

/// A value of a key column, ordered as the rows of an artifact are: texts by their UTF-8 bytes,
/// integers by value.
enum KeyValue: Comparable {
  case text([UInt8])
  case integer(Int)

  static func < (a: KeyValue, b: KeyValue) -> Bool {
    switch (a, b) {
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    case (.integer(let a), .integer(let b)): a < b
    case (.integer, .text): true
    case (.text, .integer): false
    }
  }
}

/// Reads the values of the key columns that a schema names, in the order of the key.
struct KeyColumns: Columns {
  typealias Failure = Never

  let wanted: [String]
  private var found: [String: KeyValue] = [:]

  init(wanted: [String]) { self.wanted = wanted }

  var values: [KeyValue] { wanted.compactMap { found[$0] } }

  private mutating func keep(_ name: StaticString, _ text: String?) {
    found["\(name)"] = .text(Array((text ?? "").utf8))
  }

  mutating func text(_ name: StaticString, _ value: inout String, _ summary: StaticString) {
    keep(name, value)
  }
  mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { keep(name, value) }
  mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) { found["\(name)"] = .integer(value) }
  mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) { found["\(name)"] = value.map { .integer($0) } }
  mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) {}
  mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) {}
  mutating func boolean(_ name: StaticString, _ value: inout Bool, _ summary: StaticString) {}
  mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) {}
  mutating func timestamp(_ name: StaticString, _ value: inout String, _ summary: StaticString) {
    keep(name, value)
  }
  mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { keep(name, value) }
  mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString?
  ) { keep(name, value.joined(separator: "\u{1f}")) }
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) { keep(name, value.rawValue) }
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) { keep(name, value?.rawValue) }
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) { keep(name, value?.rawValue) }
  mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) {}
  mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) {}
  mutating func derived<Group: DerivedColumns>(_ value: inout Group) {}
}

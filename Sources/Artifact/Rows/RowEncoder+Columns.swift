/// The encoder visits a row's columns and writes the values that it is shown.
extension RowEncoder: Columns {
  @inlinable public mutating func text(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) { text(name, value) }

  @inlinable public mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { text(name, value) }

  @inlinable public mutating func boolean(
    _ name: StaticString, _ value: inout Bool, _ summary: StaticString
  ) { boolean(name, value) }

  @inlinable public mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) { boolean(name, value) }

  @inlinable public mutating func timestamp(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) { text(name, value) }

  @inlinable public mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { text(name, value) }

  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) { integer(name, value) }

  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) { integer(name, value) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) { number(name, value, significantDigits: digits) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) { number(name, value, significantDigits: digits) }

  @inlinable public mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString?
  ) { texts(name, value) }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) { text(name, value.rawValue) }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) { text(name, value?.rawValue) }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) { text(name, value?.rawValue) }

  @inlinable public mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) { object(name, value.map { group in { group.encode(to: &$0) } }) }

  @inlinable public mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) { objects(name, value) { $1.encode(to: &$0) } }

  @inlinable public mutating func derived<Group: DerivedColumns>(_ value: inout Group) {
    value.encode(to: &self)
  }

}

/// Someone who wants to know the columns of a row, and visits them in the order of the schema.
///
/// A row lists its columns once, in a function that calls one of these methods for each. The row
/// encoder reads the values that it is shown, the row decoder replaces them, and the schema reader
/// looks only at what is said of them. Each kind of column has one method for a value that is
/// always there and one for a value that can be missing, which says what its absence means.
public protocol Columns {
  /// Error that ends the visit: `Never` for whoever only looks.
  associatedtype Failure: Error

  mutating func text(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) throws(Failure)
  mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure)
  mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) throws(Failure)
  mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) throws(Failure)
  /// A number is rounded to `digits` significant digits when it is written.
  mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) throws(Failure)
  mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) throws(Failure)
  mutating func boolean(
    _ name: StaticString, _ value: inout Bool, _ summary: StaticString
  ) throws(Failure)
  mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure)
  /// A UTC time as RFC 3339 text with `Z`.
  mutating func timestamp(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) throws(Failure)
  mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure)
  /// A list of texts; `empty` says what an empty list means where that is not plain.
  mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString?
  ) throws(Failure)
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) throws(Failure)
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure)
  /// A word that is one of a part of its list.
  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) throws(Failure)
  /// A nested object (JSON only).
  mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure)
  /// A list of nested objects (JSON only).
  mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) throws(Failure)
  /// Columns that a type derives from a list of its own.
  mutating func derived<Group: DerivedColumns>(_ value: inout Group) throws(Failure)
}

extension Columns {
  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString
  ) throws(Failure) { try integer(name, &value, summary, unit: nil) }

  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, nil empty: StaticString
  ) throws(Failure) { try integer(name, &value, summary, unit: nil, nil: empty) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString
  ) throws(Failure) { try number(name, &value, digits: digits, summary, unit: nil) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    nil empty: StaticString
  ) throws(Failure) { try number(name, &value, digits: digits, summary, unit: nil, nil: empty) }

  @inlinable public mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString
  ) throws(Failure) { try texts(name, &value, summary, unit: nil, nil: nil) }

  @inlinable public mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString, nil empty: StaticString
  ) throws(Failure) { try texts(name, &value, summary, unit: nil, nil: empty) }

  /// Columns that several row types have in common, at this place among the row's own.
  @inlinable public mutating func group<Group: ColumnGroup>(
    _ value: inout Group
  ) throws(Failure) { try value.columns(&self) }
}

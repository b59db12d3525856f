/// Reads what a row says of its columns.
public struct SchemaReader: Columns {
  public private(set) var columns: [Column] = []

  private mutating func add(
    _ name: StaticString, _ kind: Column.Kind, _ summary: StaticString,
    unit: StaticString? = nil, nil empty: StaticString? = nil
  ) {
    columns.append(
      Column(
        "\(name)", kind, "\(summary)", unit: unit.map { "\($0)" }, empty: empty.map { "\($0)" }))
  }

  public mutating func text(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) { add(name, .text, summary) }

  public mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { add(name, .text, summary, nil: empty) }

  public mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) { add(name, .integer, summary, unit: unit) }

  public mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) { add(name, .integer, summary, unit: unit, nil: empty) }

  public mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) { add(name, .number(significantDigits: digits), summary, unit: unit) }

  public mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) { add(name, .number(significantDigits: digits), summary, unit: unit, nil: empty) }

  public mutating func boolean(
    _ name: StaticString, _ value: inout Bool, _ summary: StaticString
  ) { add(name, .boolean, summary) }

  public mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) { add(name, .boolean, summary, nil: empty) }

  public mutating func timestamp(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) { add(name, .timestamp, summary) }

  public mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { add(name, .timestamp, summary, nil: empty) }

  public mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString?
  ) { add(name, .texts, summary, unit: unit, nil: empty) }

  public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) { add(name, .word(Word.words), summary) }

  public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) { add(name, .word(Word.words), summary, nil: empty) }

  public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) { add(name, .word(words()), summary, nil: empty) }

  public mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) { add(name, .object(Group.columnList), summary, nil: empty) }

  public mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) { add(name, .objects(Group.columnList), summary) }

  public mutating func derived<Group: DerivedColumns>(_ value: inout Group) {
    columns += Group.columns
  }
}

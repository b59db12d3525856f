/// The decoder visits a row's columns and replaces the values that it is shown.
extension RowDecoder: Columns {
  @inlinable public mutating func text(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) throws(ArtifactError) { value = try text(name) }

  @inlinable public mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) throws(ArtifactError) { value = try optionalText(name) }

  @inlinable public mutating func boolean(
    _ name: StaticString, _ value: inout Bool, _ summary: StaticString
  ) throws(ArtifactError) { value = try boolean(name) }

  @inlinable public mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) throws(ArtifactError) { value = try optionalBoolean(name) }

  @inlinable public mutating func timestamp(
    _ name: StaticString, _ value: inout String, _ summary: StaticString
  ) throws(ArtifactError) { value = try text(name) }

  @inlinable public mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) throws(ArtifactError) { value = try optionalText(name) }

  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) throws(ArtifactError) { value = try integer(name) }

  @inlinable public mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) throws(ArtifactError) { value = try optionalInteger(name) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) throws(ArtifactError) { value = try number(name) }

  @inlinable public mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) throws(ArtifactError) { value = try optionalNumber(name) }

  @inlinable public mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString?
  ) throws(ArtifactError) { value = try texts(name) }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) throws(ArtifactError) {
    let text = try text(name)
    guard let word = Word(rawValue: text) else {
      throw unknownWord(name, text.isEmpty ? "nothing" : text, Word.words)
    }
    value = word
  }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) throws(ArtifactError) {
    guard let text = try optionalText(name) else { return value = nil }
    guard let word = Word(rawValue: text) else { throw unknownWord(name, text, Word.words) }
    value = word
  }

  @inlinable public mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) throws(ArtifactError) { try word(name, &value, summary, nil: empty) }

  @inlinable public mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) throws(ArtifactError) {
    value = try object(name) { decoder throws(ArtifactError) in try Group(from: &decoder) }
  }

  @inlinable public mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) throws(ArtifactError) {
    value = try objects(name) { decoder throws(ArtifactError) in try Group(from: &decoder) }
  }

  @inlinable public mutating func derived<Group: DerivedColumns>(_ value: inout Group)
    throws(ArtifactError)
  { value = try Group(from: &self) }

  @usableFromInline func unknownWord(
    _ name: StaticString, _ found: String, _ words: [String]
  ) -> ArtifactError {
    ArtifactError(
      .malformedRow, column: "\(name)", expected: "one of \(words.joined(separator: ", "))",
      found: EscapedText.escape(found))
  }
}

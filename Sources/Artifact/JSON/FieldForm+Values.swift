extension FieldForm where Value == Int {
  public static func integer(_ range: ClosedRange<Int>) -> FieldForm {
    FieldForm(
      expected: "an integer from \(range.lowerBound) to \(range.upperBound)",
      schema: [
        ("maximum", .integer(range.upperBound)), ("minimum", .integer(range.lowerBound)),
        ("type", .string("integer")),
      ], write: { .integer($0) },
      accept: { json in
        guard case .integer(let value) = json else { return .failure(Refusal(.wrongType)) }
        return range.contains(value) ? .success(value) : .failure(Refusal(.outOfRange))
      })
  }
}

extension FieldForm where Value == Double {
  public static func number(_ range: ClosedRange<Double>) -> FieldForm {
    FieldForm(
      expected: "a number from \(range.lowerBound) to \(range.upperBound)",
      schema: [
        ("maximum", .number(range.upperBound)), ("minimum", .number(range.lowerBound)),
        ("type", .string("number")),
      ], write: { .number($0) },
      accept: { json in
        let value: Double
        switch json {
        case .integer(let integer): value = Double(integer)
        case .number(let number): value = number
        default: return .failure(Refusal(.wrongType))
        }
        return range.contains(value) ? .success(value) : .failure(Refusal(.outOfRange))
      })
  }
}

extension FieldForm where Value == JSONValue {
  /// Any JSON, for a form that is converted from it.
  public static var anything: FieldForm {
    FieldForm(expected: "a value", schema: [], write: { $0 }, accept: { .success($0) })
  }
}

extension FieldForm where Value == Bool {
  public static var flag: FieldForm {
    FieldForm(
      expected: "true or false", schema: [("type", .string("boolean"))],
      write: { .boolean($0) },
      accept: { json in
        if case .boolean(let value) = json {
          .success(value)
        } else {
          .failure(Refusal(.wrongType))
        }
      })
  }
}

extension FieldForm where Value == String {
  /// Any text.
  public static var text: FieldForm {
    FieldForm(
      expected: "text", schema: [("type", .string("string"))], write: { .string($0) },
      accept: { json in
        if case .string(let text) = json { .success(text) } else { .failure(Refusal(.wrongType)) }
      })
  }

  /// One text and no other.
  public static func constant(_ word: String) -> FieldForm {
    FieldForm(
      expected: word, schema: [("const", .string(word))], write: { .string($0) },
      accept: { json in
        guard case .string(let text) = json else { return .failure(Refusal(.wrongType)) }
        return text == word ? .success(text) : .failure(Refusal(.unknownName))
      })
  }
}

extension FieldForm
where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of the words of a type.
  public static var word: FieldForm {
    let words = Value.allCases.map(\.rawValue)
    return FieldForm(
      expected: "one of \(words.joined(separator: ", "))",
      schema: [("enum", .array(words.map { .string($0) }))], write: { .string($0.rawValue) },
      accept: { json in
        guard case .string(let text) = json else { return .failure(Refusal(.wrongType)) }
        return Value(rawValue: text).map { .success($0) } ?? .failure(Refusal(.unknownName))
      })
  }
}

extension FieldForm where Value == [String] {
  /// A list of any texts.
  public static var texts: FieldForm {
    FieldForm(
      expected: "a list of texts",
      schema: [("items", .object([("type", .string("string"))])), ("type", .string("array"))],
      write: { .array($0.map { .string($0) }) },
      accept: { json in
        guard case .array(let items) = json else { return .failure(Refusal(.wrongType)) }
        let texts = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
        return texts.count == items.count ? .success(texts) : .failure(Refusal(.wrongType))
      })
  }
}

extension FieldForm where Value == Set<String> {
  /// A list of texts whose order says nothing.
  public static var setOfTexts: FieldForm {
    FieldForm<[String]>.texts.converted(
      expected: "a list of texts", into: { Set($0) }, from: { $0.sorted() })
  }
}

extension FieldForm where Value == Duration {
  /// A whole number of units.
  ///
  /// - Parameter milliseconds: length of the unit.
  private static func time(_ range: ClosedRange<Int>, milliseconds: Int) -> FieldForm {
    FieldForm<Int>.integer(range).converted(
      expected: "a time", into: { .milliseconds($0 * milliseconds) },
      from: { time in
        let (seconds, attoseconds) = time.components
        return (Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)) / milliseconds
      })
  }

  public static func milliseconds(_ range: ClosedRange<Int>) -> FieldForm {
    time(range, milliseconds: 1)
  }

  public static func seconds(_ range: ClosedRange<Int>) -> FieldForm {
    time(range, milliseconds: 1_000)
  }
}

extension FieldForm where Value == Int {
  /// A number of larger units, kept in smaller ones: hours that are kept in seconds.
  ///
  /// - Parameters:
  ///   - range: in the larger unit.
  ///   - parts: smaller units in a larger one.
  public static func integer(_ range: ClosedRange<Int>, times parts: Int) -> FieldForm {
    integer(range).converted(
      expected: "a multiple", into: { $0 * parts }, from: { $0 / parts })
  }
}

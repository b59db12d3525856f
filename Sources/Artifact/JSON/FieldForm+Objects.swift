extension FieldForm where Value: FieldObject {
  /// An object with the members that its type lists; those that are absent keep what they were.
  public static var object: FieldForm { object { $0 ?? Value() } }

  /// An object whose absent members are those of `initial`, whatever they were before.
  public static func object(from initial: Value) -> FieldForm { object { _ in initial } }

  private static func object(_ initial: @escaping @Sendable (Value?) -> Value) -> FieldForm {
    FieldForm(
      read: { json, old, path, mistakes in
        var value = initial(old)
        var reader = ObjectReader(json, path: path)
        value.fields(&reader)
        reader.finish(isOpen: Value.isOpen)
        mistakes += reader.mistakes
        return reader.mistakes.isEmpty ? (value, .object(reader.used)) : nil
      },
      write: { value, fills in ObjectWriter.json(of: value, fills: fills) },
      schema: { definitions in
        guard let name = Value.definition else {
          return ObjectSchema.members(of: Value.self, &definitions)
        }
        return definitions.reference(name) { ObjectSchema.members(of: Value.self, &$0) }
      })
  }
}

extension FieldForm {
  /// A list whose items have one form.
  ///
  /// - Parameter minimum: items that it must have.
  public static func list<Item>(
    _ form: FieldForm<Item>, minimum: Int = 0
  ) -> FieldForm<[Item]> where Value == [Item] {
    FieldForm(
      read: { json, _, path, mistakes in
        guard case .array(let items) = json else {
          mistakes.append(
            ObjectMistake(.wrongType, path: path, expected: "a list", found: json.kind))
          return nil
        }
        if items.count < minimum {
          mistakes.append(
            ObjectMistake(
              .missing, path: path, expected: "at least \(minimum)", found: "\(items.count)"))
          return nil
        }
        var values: [Item] = []
        var used: [JSONValue] = []
        for (index, item) in items.enumerated() {
          guard let reading = form.read(item, nil, "\(path)[\(index)]", &mistakes) else { continue }
          values.append(reading.value)
          used.append(reading.json)
        }
        return values.count == items.count ? (values, .array(used)) : nil
      },
      write: { values, fills in .array(values.compactMap { form.write($0, fills) }) },
      schema: { definitions in
        let items = ("items", JSONValue.object(form.schema(&definitions)))
        let least = minimum > 0 ? [("minItems", JSONValue.integer(minimum))] : []
        return [items, ("type", .string("array"))] + least
      })
  }

  /// A list that is added to the one that was there before.
  public static func appended<Item>(_ form: FieldForm<Item>) -> FieldForm<[Item]>
  where Value == [Item] {
    let list = FieldForm<[Item]>.list(form)
    return FieldForm(
      read: { json, old, path, mistakes in
        list.read(json, nil, path, &mistakes).map { ((old ?? []) + $0.value, $0.json) }
      },
      write: list.write, schema: list.schema)
  }
}

extension FieldForm where Value == [String: Int] {
  /// Counts by names that the object does not know beforehand.
  public static var counts: FieldForm {
    FieldForm(
      expected: "an object of integers",
      schema: [
        ("additionalProperties", .object([("type", .string("integer"))])),
        ("type", .string("object")),
      ], write: { counts in .object(counts.map { ($0.key, .integer($0.value)) }) },
      accept: { json in
        guard case .object(let members) = json else { return .failure(Refusal(.wrongType)) }
        var counts: [String: Int] = [:]
        for (name, value) in members {
          guard case .integer(let count) = value else { return .failure(Refusal(.wrongType)) }
          counts[name] = count
        }
        return .success(counts)
      })
  }
}

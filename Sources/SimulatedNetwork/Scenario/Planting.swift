internal import Artifact

/// A deviation with the time at which it shows.
package struct Planting: Sendable, Equatable {
  let deviation: any PlantedDeviation
  /// First epoch; 0 where the scenario says nothing.
  package let from: Int
  /// First epoch at which it no longer holds; nil: to the end.
  package let until: Int?
  /// Part of the epochs between them at which it shows, drawn for each, 0…1.
  package let epochShare: Double

  package static func == (a: Planting, b: Planting) -> Bool {
    a.from == b.from && a.until == b.until && a.epochShare == b.epochShare
      && a.deviation.scenarioJSON.canonicalBytes == b.deviation.scenarioJSON.canonicalBytes
  }
}

/// A deviation among others of a server, with its time.
private struct TimedDeviation<Deviation: PlantedDeviation>: FieldObject {
  private var kind = Deviation.word
  private var deviation = Deviation()
  private var from = 0
  private var until: Int?
  private var epochShare = 1.0

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("kind", &kind, .constant(Deviation.word), Deviation.summary)
    deviation.fields(&f)
    f.field("from", &from, .integer(0...1_000_000), "First epoch at which it shows.")
    f.field(
      "until", &until, .integer(1...1_000_001),
      "First epoch at which it no longer shows; absent: to the end.")
    f.check(
      "until", until.map { $0 > from } ?? true, expected: "an epoch after the first",
      found: "\(until ?? 0)")
    f.field(
      "epoch_share", &epochShare, .number(0...1),
      "Part of these epochs at which it shows, drawn for each.")
  }

  var planting: Planting {
    Planting(deviation: deviation, from: from, until: until, epochShare: epochShare)
  }
}

/// A deviation within another one, which has the time.
private struct NestedDeviation<Deviation: PlantedDeviation>: FieldObject {
  private var kind = Deviation.word
  private(set) var deviation = Deviation()

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("kind", &kind, .constant(Deviation.word), Deviation.summary)
    deviation.fields(&f)
  }
}

extension FieldForm where Value == Planting {
  /// What is planted in a server, by its kind.
  static var planting: FieldForm {
    FieldForm(
      read: { json, _, path, mistakes in
        guard let type = kind(of: json, PlantedDeviations.all, path, &mistakes) else { return nil }
        return type.planting(json, path, &mistakes)
      },
      write: { planting, _ in planting.deviation.scenarioJSON },
      schema: { definitions in
        definitions.reference("deviation") { definitions in
          let forms = PlantedDeviations.all.map { JSONValue.object($0.timed(&definitions)) }
          return [("oneOf", .array(forms))]
        }
      })
  }
}

extension FieldForm where Value == any PlantedDeviation {
  /// What some clients see, by its kind.
  static var answer: FieldForm {
    let types = PlantedDeviations.all.filter { $0.isAnswer }
    return FieldForm(
      read: { json, _, path, mistakes in
        guard let type = kind(of: json, types, path, &mistakes) else { return nil }
        return type.nested(json, path, &mistakes)
      },
      write: { deviation, _ in deviation.scenarioJSON },
      schema: { definitions in
        definitions.reference("answers") { definitions in
          [("oneOf", .array(types.map { .object($0.untimed(&definitions)) }))]
        }
      })
  }
}

/// The type that the `kind` of a deviation names, if it is one of these.
private func kind(
  of json: JSONValue, _ types: [any PlantedDeviation.Type], _ path: String,
  _ mistakes: inout [ObjectMistake]
) -> (any PlantedDeviation.Type)? {
  guard case .object = json else {
    mistakes.append(
      ObjectMistake(.wrongType, path: path, expected: "an object", found: json.kind))
    return nil
  }
  guard case .string(let word)? = json["kind"] else {
    let found = json["kind"]?.kind ?? "nothing"
    mistakes.append(
      ObjectMistake(
        json["kind"] == nil ? .missing : .wrongType, path: "\(path).kind",
        expected: "the word of a deviation", found: found))
    return nil
  }
  if let type = types.first(where: { $0.word == word }) { return type }
  mistakes.append(
    ObjectMistake(
      .unknownName, path: "\(path).kind",
      expected: "one of \(types.map { $0.word }.joined(separator: ", "))", found: "\"\(word)\""))
  return nil
}

extension PlantedDeviation {
  fileprivate static func planting(
    _ json: JSONValue, _ path: String, _ mistakes: inout [ObjectMistake]
  ) -> (value: Planting, json: JSONValue)? {
    FieldForm<TimedDeviation<Self>>.object.read(json, nil, path, &mistakes)
      .map { ($0.value.planting, $0.json) }
  }

  fileprivate static func nested(
    _ json: JSONValue, _ path: String, _ mistakes: inout [ObjectMistake]
  ) -> (value: any PlantedDeviation, json: JSONValue)? {
    FieldForm<NestedDeviation<Self>>.object.read(json, nil, path, &mistakes)
      .map { ($0.value.deviation, $0.json) }
  }

  fileprivate static func timed(
    _ definitions: inout SchemaDefinitions
  ) -> [(String, JSONValue)] {
    ObjectSchema.members(of: TimedDeviation<Self>.self, &definitions)
  }

  fileprivate static func untimed(
    _ definitions: inout SchemaDefinitions
  ) -> [(String, JSONValue)] {
    ObjectSchema.members(of: NestedDeviation<Self>.self, &definitions)
  }
}

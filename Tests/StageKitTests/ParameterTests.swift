import Artifact
import Foundation
import StageKit
import TestSupport
import Testing

private struct Oven: StageParameters {
  enum Mode: String, CaseIterable { case top, bottom }

  var degrees = 180
  var fan = false
  private var mode = Mode.top
  private var minutes = 1.5
  private var dishes: [String] = []
  private var shelves: [Shelf] = [Shelf()]

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("degrees", &degrees, .integer(50...250), "Temperature.")
    f.field("fan", &fan, .flag, "Whether the fan is on.")
    f.field("mode", &mode, .word, "Mode.")
    f.field("minutes", &minutes, .number(0...600), "Time.")
    f.check(
      "minutes", degrees < 240 || minutes <= 60, expected: "an hour at most where it is so hot",
      found: "\(minutes)")
    f.field("dishes", &dishes, .texts, "What is in it.")
    f.field("shelves", &shelves, .list(.object), "Where it stands.")
  }
}

private struct Shelf: FieldObject {
  private var height = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("height", &height, .integer(1...5), "Number from below.")
  }
}

/// Only checked parameters can run.
struct ParameterTests {
  private func values(_ text: String) throws -> CheckedParameters<Oven> {
    let folder = try TemporaryFolder()
    let path = folder.file("pipeline.json")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try PipelineFile(path: path).parameters(of: "normalize")
  }

  @Test func `absent parameters take their defaults, and what is used is recorded whole`() throws {
    let oven = try Oven.defaults()
    #expect(oven.degrees == 180 && !oven.fan)
    let values = try values(#"{"normalize":{"degrees":200}}"#)
    #expect(
      values.json.canonicalText
        == #"{"degrees":200,"dishes":[],"fan":false,"minutes":1.5,"mode":"top","#
        + #""shelves":[{"height":1}]}"#)
  }

  @Test(arguments: [
    (
      #"{"normalize":{"degrees":20}}"#,
      "key degrees: expected an integer from 50 to 250, found the integer 20"
    ),
    (
      #"{"normalize":{"degrees":"hot"}}"#,
      "key degrees: expected an integer from 50 to 250, found the text \"hot\""
    ),
    (#"{"normalize":{"degrees":180.5}}"#, "found the number 180.5"),
    (#"{"normalize":{"dgrees":180}}"#, "key dgrees: expected one of degrees, fan"),
    (#"{"normalize":{"mode":"side"}}"#, "key mode: expected one of top, bottom"),
    (#"{"normalize":{"dishes":[1]}}"#, "key dishes: expected a list of texts"),
    (
      #"{"normalize":{"degrees":250,"minutes":61}}"#,
      "key minutes: expected an hour at most where it is so hot, found 61"
    ),
    (
      #"{"normalize":{"shelves":[{},{"height":9}]}}"#,
      "key shelves[1].height: expected an integer from 1 to 5, found the integer 9"
    ),
    (#"{"normalise":{}}"#, "key normalise: expected one of collect, normalize"),
    (#"{"normalize":[]}"#, "expected an object, found a list"),
    (#"{"normalize":"#, "line 1, column 14"),
    ("[]", "expected an object, found a list"),
  ]) func `a wrong parameter is an error that names key, value and range`(
    text: String, message: String
  ) throws {
    do {
      _ = try values(text)
      Issue.record("accepted \(text)")
    } catch let error as StageError {
      #expect(error.code == .parameters)
      #expect(error.code.exitCode == 65)
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test func `a file with several mistakes tells all of them, each with its path`() throws {
    let text =
      #"{"normalise":{},"normalize":{"degrees":20,"dgrees":180,"shelves":[{"height":0},{"hight":1}]}}"#
    let error = try #require(throws: StageError.self) { try values(text) }
    let places = error.all.map { $0.place.split(separator: ", ").last.map(String.init) }
    #expect(
      places == [
        "key normalise", "key dgrees", "key degrees", "key shelves[0].height",
        "key shelves[1].hight",
      ])
    #expect(error.description.split(separator: "\n").count == 5)
    #expect(error.all.allSatisfy { $0.code.exitCode == 65 })
  }

  @Test func `an integer that stands for a number is recorded as it was given`() throws {
    let json = try values(#"{"normalize":{"minutes":2}}"#).json
    #expect(json.canonicalText.contains(#""minutes":2,"#))
  }

  @Test func `the JSON Schema states types, ranges and defaults`() {
    let text = Oven.jsonSchema.canonicalText
    #expect(
      text.contains(
        #""degrees":{"default":180,"description":"Temperature.","maximum":250,"minimum":50,"type":"integer"}"#
      ))
    #expect(text.contains(#""additionalProperties":false"#))
  }
}

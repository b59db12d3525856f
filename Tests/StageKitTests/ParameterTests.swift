import Artifact
import Foundation
import StageKit
import TestSupport
import Testing

private struct Oven: StageParameters {
  let degrees: Int
  let fan: Bool

  static let fields = [
    ParameterField("degrees", .integer(50...250), default: .integer(180), "Temperature."),
    ParameterField("fan", .flag, default: .boolean(false), "Whether the fan is on."),
    ParameterField("mode", .choice(["top", "bottom"]), default: .string("top"), "Mode."),
    ParameterField("minutes", .number(0...600), default: .number(1.5), "Time."),
    ParameterField("dishes", .texts, default: .array([]), "What is in it."),
  ]

  init(_ values: ParameterValues) throws(StageError) {
    degrees = try values.integer("degrees")
    fan = try values.flag("fan")
  }
}

@Suite("Only checked parameters can run")
struct ParameterTests {
  private func values(_ text: String) throws -> ParameterValues {
    let folder = try TemporaryFolder()
    let path = folder.file("pipeline.json")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try PipelineFile(path: path).values(of: "normalize", fields: Oven.fields)
  }

  @Test("Absent parameters take their defaults, and what is used is recorded whole")
  func defaults() throws {
    let oven = try Oven.defaults()
    #expect(oven.degrees == 180 && !oven.fan)
    let values = try values(#"{"normalize":{"degrees":200}}"#)
    #expect(
      values.json.canonicalText
        == #"{"degrees":200,"dishes":[],"fan":false,"minutes":1.5,"mode":"top"}"#)
  }

  @Test(
    "A wrong parameter is an error that names key, value and range",
    arguments: [
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
      (#"{"normalise":{}}"#, "key normalise: expected one of collect, normalize"),
      (#"{"normalize":[]}"#, "expected an object, found a list"),
      (#"{"normalize":"#, "line 1, column 14"),
      ("[]", "expected an object, found a list"),
    ])
  func refused(text: String, message: String) throws {
    do {
      _ = try values(text)
      Issue.record("accepted \(text)")
    } catch let error as StageError {
      #expect(error.code == .parameters)
      #expect(error.code.exitCode == 65)
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("The JSON Schema states types, ranges and defaults")
  func schema() {
    let text = Oven.jsonSchema.canonicalText
    #expect(
      text.contains(
        #""degrees":{"default":180,"description":"Temperature.","maximum":250,"minimum":50,"type":"integer"}"#
      ))
    #expect(text.contains(#""additionalProperties":false"#))
  }
}

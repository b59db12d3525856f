internal import Artifact

/// The JSON Schema of scenario files, from what their objects list of themselves.
enum ScenarioSchema {
  static let name = "scenario.v1"

  static var text: String {
    var definitions = SchemaDefinitions()
    let listed = FieldForm<ListedScenario>.object.schema(&definitions)
    let generated = FieldForm<GeneratedScenario>.object.schema(&definitions)
    return JSONValue.object([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("$id", .string(name)),
      ("title", .string("A network of Electrum servers to simulate")),
      (
        "description",
        .string(
          "Places, operators with their servers, and what the servers tell of others; or what to "
            + "generate one from. Everything drawn is drawn from the seed.")
      ),
      ("oneOf", .array([.object(listed), .object(generated)])),
      ("$defs", definitions.json),
    ]).prettyText
  }
}

internal import Artifact
internal import ElectrumProtocol

/// Makes random networks.
public struct ScenarioGenerator {
  private let parameters: GenerationParameters

  public init(_ parameters: GenerationParameters) {
    self.parameters = parameters
  }

  /// The scenario as JSON in canonical form, with a line end.
  public func document(name: String, description: String? = nil) -> [UInt8] {
    var draft = NetworkDraft(parameters)
    var members: [(String, JSONValue)] = [
      ("schema", .string("scenario.v1")), ("name", .string(name)),
      ("description", .string(description ?? Self.usualDescription)),
      ("generated_by", .string(parameters.commandLine)), ("seed", .integer(parameters.seed)),
      ("network", .string("regtest")),
      (
        "chain",
        .object([
          ("blocks", .integer(420)), ("blocks_per_epoch", .integer(36)),
          ("tip_time", .integer(1_767_312_000)),
        ])
      ),
    ]
    members += draft.members()
    return JSONValue.object(members).canonicalBytes + [UInt8(ascii: "\n")]
  }

  func scenario(name: String, description: String?) throws(ScenarioError) -> Scenario {
    try Scenario(parsing: document(name: name, description: description))
  }

  private static let usualDescription =
    "A random network. All names are reserved ones, all IPv4 addresses loopback, all IPv6 addresses documentation."
}

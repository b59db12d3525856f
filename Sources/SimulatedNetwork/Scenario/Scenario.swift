internal import Artifact
internal import ElectrumProtocol

/// A network to simulate: places, operators with their servers, and what the servers tell of
/// others. The schema is `Schemas/scenario.v1.schema.json`.
public struct Scenario: Sendable, Equatable {
  public internal(set) var name = ""
  /// The command that made it, where one did.
  var generatedBy: String?
  var seed: UInt64 = 0
  var network = BitcoinNetwork.regtest
  var chain = ChainSpec()
  var epochHours = 6.0
  var peerKnowledge = 1.0
  var sites: [Site] = []
  var operators: [OperatorSpec] = []
  var phantoms: [PhantomSpec] = []
  var nodes: [NodeSpec] = []
  var wallets: [WalletSpec] = []
  var releases: [ReleaseSpec] = []
  var outages: [OutageSpec] = []
  var bootstrap: [String] = []

  var servers: [ServerSpec] { operators.flatMap(\.servers) }

  init() {}

  public init(parsing bytes: [UInt8]) throws(ScenarioError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw ScenarioError(
        .notJSON, place: error.place, expected: error.expected, found: error.found)
    }
    if json["generate"] == nil {
      self = try Self.read(json, as: ListedScenario.self).scenario
      try ScenarioValidation.check(self)
    } else {
      let order = try Self.read(json, as: GeneratedScenario.self)
      self = try ScenarioGenerator(order.parameters)
        .scenario(name: order.name, description: order.description)
    }
  }

  private static func read<Value: FieldObject>(
    _ json: JSONValue, as type: Value.Type
  ) throws(ScenarioError) -> Value {
    do throws(ObjectMistakes) {
      return try ObjectReader.read(json, as: type).value
    } catch {
      throw ScenarioError(error)
    }
  }
}

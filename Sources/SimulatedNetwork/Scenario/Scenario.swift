internal import ElectrumProtocol

/// A network to simulate: places, operators with their servers, and what the servers tell of
/// others. The schema is `Schemas/scenario.v1.schema.json`.
public struct Scenario: Sendable, Equatable {
  /// How the shared chain looks.
  struct Chain: Sendable, Equatable {
    /// Height of the tip at epoch 0.
    var blocks: Int
    var blocksPerEpoch: Int
    /// Time of the tip at epoch 0, seconds since 1970.
    var tipTime: Int
  }

  /// A list entry that is no running server: dead, private, unreachable or malformed.
  struct Phantom: Sendable, Equatable {
    var address: String?
    var site: String?
    var host: String?
    var features: [String]
    /// Servers that tell of it; empty: all that tell of peers.
    var toldBy: [String]
  }

  public let name: String
  let seed: UInt64
  let network: BitcoinNetwork
  let chain: Chain
  /// The part of its possible peers that a server knows, 0…1.
  let peerKnowledge: Double
  var sites: [Site]
  var operators: [OperatorSpec]
  let phantoms: [Phantom]
  let bootstrap: [String]

  var servers: [ServerSpec] { operators.flatMap(\.servers) }

  static let keys: Set<String> = [
    "schema", "name", "description", "seed", "network", "chain", "peer_knowledge", "sites",
    "operators", "phantoms", "bootstrap",
  ]

  public init(parsing bytes: [UInt8]) throws(ScenarioError) {
    let value: WireValue
    do throws(WireDefect) {
      let document = try WireDocument(parsing: bytes)
      if let repair = document.repairs.first { throw repair }
      value = document.value
    } catch {
      throw ScenarioError(
        .notJSON, place: "byte \(error.offset)", expected: "JSON", found: error.kind.rawValue)
    }
    let reader = try ScenarioReader(value, place: "", keys: Self.keys)
    let schema = try reader.text("schema")
    guard schema == "scenario.v1" else {
      throw ScenarioError(
        .unknownName, place: "schema", expected: "scenario.v1", found: "\"\(schema)\"")
    }
    name = try reader.text("name")
    seed = UInt64(try reader.integer("seed", 0...Int.max))
    network = try reader.word("network", BitcoinNetwork.self)
    chain = try Self.chain(try reader.required("chain", value["chain"]))
    peerKnowledge = reader.has("peer_knowledge") ? try reader.number("peer_knowledge", 0...1) : 1
    sites = try Self.sites(reader)
    operators = try Self.operators(reader)
    phantoms = try Self.phantoms(reader)
    bootstrap = try reader.texts("bootstrap")
    try ScenarioValidation.check(self)
  }

  private static func chain(_ value: WireValue) throws(ScenarioError) -> Chain {
    let reader = try ScenarioReader(
      value, place: "chain", keys: ["blocks", "blocks_per_epoch", "tip_time"])
    return Chain(
      blocks: try reader.integer("blocks", 120...20_000),
      blocksPerEpoch: try reader.optionalInteger("blocks_per_epoch", 0...1_000) ?? 36,
      tipTime: try reader.integer("tip_time", 1_300_000_000...4_000_000_000))
  }

  private static func sites(_ reader: ScenarioReader) throws(ScenarioError) -> [Site] {
    var result: [Site] = []
    for item in try reader.list("sites") {
      result.append(try Site(item.value, place: item.place))
    }
    return result
  }

  private static func operators(_ reader: ScenarioReader) throws(ScenarioError) -> [OperatorSpec] {
    var result: [OperatorSpec] = []
    for item in try reader.list("operators") {
      result.append(try OperatorSpec(item.value, place: item.place))
    }
    return result
  }

  private static func phantoms(_ reader: ScenarioReader) throws(ScenarioError) -> [Phantom] {
    var result: [Phantom] = []
    for item in try reader.list("phantoms") {
      let phantom = try ScenarioReader(
        item.value, place: item.place, keys: ["address", "site", "host", "features", "told_by"])
      guard phantom.has("address") != phantom.has("site") else {
        throw ScenarioError(
          .missingKey, place: item.place, expected: "either address or site",
          found: phantom.has("site") ? "both" : "neither")
      }
      result.append(
        Phantom(
          address: try phantom.optionalText("address"), site: try phantom.optionalText("site"),
          host: try phantom.optionalText("host"), features: try phantom.texts("features"),
          toldBy: try phantom.texts("told_by")))
    }
    return result
  }
}

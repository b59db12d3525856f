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
  /// The command that made it, where one did.
  let generatedBy: String?
  let seed: UInt64
  let network: BitcoinNetwork
  var chain: Chain
  /// Length of an epoch. Unit: hours.
  let epochHours: Double
  /// The part of its possible peers that a server knows, 0…1.
  let peerKnowledge: Double
  var sites: [Site]
  var operators: [OperatorSpec]
  let phantoms: [Phantom]
  let nodes: [NodeSpec]
  let wallets: [WalletSpec]
  let releases: [ReleaseSpec]
  let outages: [OutageSpec]
  let bootstrap: [String]

  private static let usualEpochHours = 6.0

  var servers: [ServerSpec] { operators.flatMap(\.servers) }

  static let keys: Set<String> = [
    "schema", "name", "description", "generated_by", "seed", "network", "chain", "epoch_hours",
    "peer_knowledge", "sites", "operators", "phantoms", "nodes", "wallets", "releases", "outages",
    "bootstrap",
  ]
  /// Of a file that names what to generate in place of listing it.
  static let generatedKeys: Set<String> = ["schema", "name", "description", "generate"]

  public init(parsing bytes: [UInt8]) throws(ScenarioError) {
    let value = try Self.document(bytes)
    guard value["generate"] == nil else {
      let file = try ScenarioReader(value, place: "", keys: Self.generatedKeys)
      try Self.checkSchema(file)
      let parameters = try GenerationParameters(
        file.required("generate", value["generate"]), place: "generate")
      self = try ScenarioGenerator(parameters).scenario(
        name: file.text("name"), description: file.optionalText("description"))
      return
    }
    try self.init(listing: value)
  }

  /// A scenario that lists all its servers.
  private init(listing value: WireValue) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: "", keys: Self.keys)
    try Self.checkSchema(reader)
    name = try reader.text("name")
    generatedBy = try reader.optionalText("generated_by")
    seed = UInt64(try reader.integer("seed", 0...Int.max))
    network = try reader.word("network", BitcoinNetwork.self)
    epochHours = try reader.optionalNumber("epoch_hours", 0.01...8_760) ?? Self.usualEpochHours
    chain = try Self.chain(
      try reader.required("chain", value["chain"]), epochHours: epochHours)
    peerKnowledge = try reader.optionalNumber("peer_knowledge", 0...1) ?? 1
    sites = try reader.items("sites", Site.init)
    operators = try reader.items("operators", OperatorSpec.init)
    phantoms = try reader.items("phantoms", Phantom.init)
    nodes = try reader.items("nodes", NodeSpec.init)
    wallets = try reader.items("wallets", WalletSpec.init)
    releases = try reader.items("releases", ReleaseSpec.init)
    outages = try reader.items("outages", OutageSpec.init)
    bootstrap = try reader.texts("bootstrap")
    try ScenarioValidation.check(self)
  }

  private static func document(_ bytes: [UInt8]) throws(ScenarioError) -> WireValue {
    do throws(WireDefect) {
      let document = try WireDocument(parsing: bytes)
      if let repair = document.repairs.first { throw repair }
      return document.value
    } catch {
      throw ScenarioError(
        .notJSON, place: "byte \(error.offset)", expected: "JSON", found: error.kind.rawValue)
    }
  }

  private static func checkSchema(_ reader: ScenarioReader) throws(ScenarioError) {
    let schema = try reader.text("schema")
    guard schema == "scenario.v1" else {
      throw ScenarioError(
        .unknownName, place: "schema", expected: "scenario.v1", found: "\"\(schema)\"")
    }
  }

  private static func chain(
    _ value: WireValue, epochHours: Double
  ) throws(ScenarioError) -> Chain {
    let reader = try ScenarioReader(
      value, place: "chain", keys: ["blocks", "blocks_per_epoch", "tip_time"])
    return Chain(
      blocks: try reader.integer("blocks", 120...20_000),
      blocksPerEpoch: try reader.optionalInteger("blocks_per_epoch", 0...1_000)
        ?? Int((epochHours * 6).rounded()),
      tipTime: try reader.integer("tip_time", 1_300_000_000...4_000_000_000))
  }
}

extension Scenario.Phantom {
  static let keys: Set<String> = ["address", "site", "host", "features", "told_by"]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    guard reader.has("address") != reader.has("site") else {
      throw ScenarioError(
        .missingKey, place: place, expected: "either address or site",
        found: reader.has("site") ? "both" : "neither")
    }
    address = try reader.optionalText("address")
    site = try reader.optionalText("site")
    host = try reader.optionalText("host")
    features = try reader.texts("features")
    toldBy = try reader.texts("told_by")
  }
}

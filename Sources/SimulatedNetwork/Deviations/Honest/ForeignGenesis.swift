internal import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// A server of another network.
struct ForeignGenesis: PlantedDeviation {
  static let word = "foreign-genesis"
  static let summary = "States another network's genesis block and serves another chain."
  /// A server of another chain is counted apart, and lies to nobody.
  static let indicators: [String] = []
  static let isAnswer = true
  static var drawn: [Self] { [] }

  private var network = BitcoinNetwork.mainnet

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("network", &network, .word, "Whose.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { face in
      face.chain = planter.plan.foreignChains[planter.server.id] ?? face.chain
      face.genesis = network.genesisHash
    }
  }
}

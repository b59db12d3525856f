internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that learns of a block while it is being asked.
struct BlockInMidst: PlantedDeviation {
  static let word = "block-in-midst"
  static let summary =
    "Learns of the newest block, and its node's new estimates, in the midst of a scan's first connection, or of each one of a running network: no deviation."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private var requests = 10

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("requests", &requests, .integer(1...1_000_000), "Requests that come before it.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    let view = profile.chain
    profile.comingBlock = ComingBlock(requests: requests, chain: view)
    profile.chain = ChainView(
      node: view.node.replica(1, tip: max(0, view.tip - 1)), genesisHash: view.genesisHash,
      lies: view.lies)
  }
}

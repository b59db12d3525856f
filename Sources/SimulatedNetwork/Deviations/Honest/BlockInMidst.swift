internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that learns of a block while it is being asked.
struct BlockInMidst: PlantedDeviation {
  static let word = "block-in-midst"
  static let summary =
    "Learns of the newest block in the midst of each connection: no deviation."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private var requests = 10

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("requests", &requests, .integer(1...1_000_000), "Requests that come before it.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.comingBlock = ComingBlock(requests: requests, chain: profile.chain)
    planter.changeChain(of: &profile) { $0.tip = max(0, $0.tip - 1) }
  }
}

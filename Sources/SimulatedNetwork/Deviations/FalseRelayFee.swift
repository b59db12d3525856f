internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that keeps cheap transactions from being sent.
struct FalseRelayFee: PlantedDeviation {
  static let word = "false-relay-fee"
  static let summary = "Its relay fee is not its node's."
  static let indicators: [String] = ["I8.relay-fee"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var factor = 50.0

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("factor", &factor, .number(0...1_000_000), "Times the node's.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.relayFeeFactor = factor }
  }
}

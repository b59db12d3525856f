internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server whose wallets pay too much or wait.
struct FalseFees: PlantedDeviation {
  static let word = "false-fees"
  static let summary = "Its fee estimates are not its node's."
  static let indicators: [String] = ["I7.fee-manipulation"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var factor = 10.0
  private var blocks: Int?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("factor", &factor, .number(0...1_000_000), "Times the node's.")
    f.field(
      "blocks", &blocks, .integer(1...1008), "The one target whose estimate is false; absent: all.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) {
      $0.lies.feeFactor = factor
      $0.lies.feeTarget = blocks
    }
  }
}

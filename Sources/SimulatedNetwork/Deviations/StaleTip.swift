internal import Artifact
internal import SimulatedServers

/// A server that is behind the others.
struct StaleTip: PlantedDeviation {
  static let word = "stale-tip"
  static let summary = "Serves a chain behind the others'."
  static let indicators: [String] = ["I4.stale-tip"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var blocks = 6

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("blocks", &blocks, .integer(1...100), "Blocks behind.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.tip = max(0, $0.tip - blocks) }
  }
}

internal import Artifact
internal import SimulatedServers

/// A server that says nothing.
struct SilentServer: PlantedDeviation {
  static let word = "silent"
  static let summary = "Accepts and never answers."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // Its sessions do it: see `ServerState.session`.
  }
}

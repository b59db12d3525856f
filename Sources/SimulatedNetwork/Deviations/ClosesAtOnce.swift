internal import Artifact
internal import SimulatedServers

/// A server that lets nobody in.
struct ClosesAtOnce: PlantedDeviation {
  static let word = "closes"
  static let summary = "Accepts and closes at once."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // The state of the server says so: see `ServerState.closesAtOnce`.
  }
}

internal import Artifact
internal import SimulatedServers

/// A server that speaks something else.
struct GarbageAnswers: PlantedDeviation {
  static let word = "garbage"
  static let summary = "Answers bytes that are no JSON."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // Its sessions do it: see `ServerState.session`.
  }
}

internal import Artifact
internal import SimulatedServers

/// A server that takes its time.
struct SlowAnswers: PlantedDeviation {
  static let word = "slow"
  static let summary =
    "Answers later than its software would; within `differs-by-client` it is I10."
  static let indicators: [String] = []
  static let isAnswer = true
  static var drawn: [Self] { [] }

  private var milliseconds = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("delay_ms", &milliseconds, .integer(1...60_000), "Milliseconds.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.serviceDelay += Double(milliseconds) / 1_000
  }
}

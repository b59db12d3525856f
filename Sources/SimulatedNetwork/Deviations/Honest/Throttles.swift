internal import Artifact
internal import SimulatedServers

/// A server that soon has enough of a client.
struct Throttles: PlantedDeviation {
  static let word = "throttles"
  static let summary = "Calls further use of a connection excessive, and closes."
  static let indicators: [String] = []
  static let isAnswer = true
  static var drawn: [Self] { [] }

  private var requests = 0

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "requests", &requests, .integer(0...1_000_000), "Requests answered before.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.requestLimit = requests
  }
}

internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that contradicts itself.
struct FalseStatus: PlantedDeviation {
  static let word = "false-status"
  static let summary = "Its status hashes are not those of its own histories."
  static let indicators: [String] = ["I5.status-mismatch"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.falsifiesStatus = true }
  }
}

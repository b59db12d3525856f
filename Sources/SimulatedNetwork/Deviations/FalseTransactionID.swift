internal import Artifact
internal import SimulatedServers

/// A server that says it sent something else.
struct FalseTransactionID: PlantedDeviation {
  static let word = "false-transaction-id"
  static let summary = "Answers every broadcast with the id of another transaction."
  static let indicators: [String] = ["I13.broadcast-refusal"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.broadcast = .falseIdentifier
  }
}

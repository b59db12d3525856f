internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server whose proofs prove nothing.
struct CorruptProof: PlantedDeviation {
  static let word = "corrupt-proof"
  static let summary = "Its merkle branches lead nowhere."
  static let indicators: [String] = ["I2.invented-transaction"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.corruptsProofs = true }
  }
}

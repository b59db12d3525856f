internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that makes transactions up.
struct InventedTransaction: PlantedDeviation {
  static let word = "invented-transaction"
  static let summary = "Lists transactions that exist nowhere."
  static let indicators: [String] = ["I2.invented-transaction"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.inventsTransaction = true }
  }
}

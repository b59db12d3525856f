internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that lists what it does not have.
struct MissingTransactions: PlantedDeviation {
  static let word = "missing-transactions"
  static let summary = "Does not have transactions that it lists."
  static let indicators: [String] = ["I6.missing-transaction"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var share = 0.5

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("share", &share, .number(0...1), "Part of the transactions.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.missingTransactionShare = share }
  }
}

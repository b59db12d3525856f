internal import Artifact
internal import SimulatedChain
internal import SimulatedServers

/// A server that keeps transactions back.
struct HistoryOmission: PlantedDeviation {
  static let word = "history-omission"
  static let summary = "Leaves transactions out of histories, balances and coins."
  static let indicators: [String] = ["I1.history-omission"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var share = 0.3

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "share", &share, .number(0...1), "Part of a script's confirmed transactions.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { $0.lies.omittedShare = share }
  }

  init(share: Double) {
    self.share = share
  }
}

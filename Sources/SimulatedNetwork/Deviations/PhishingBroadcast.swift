internal import Artifact
internal import SimulatedServers

/// A server that answers a broadcast with a trap, as in 2018.
struct PhishingBroadcast: PlantedDeviation {
  static let word = "phishing-broadcast"
  static let summary = "Answers every broadcast with an error that sends people to a fake update."
  static let indicators: [String] = ["I11.phishing-error-text"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var text = phishingText

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("text", &text, .text, "The error's text.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.broadcast = .refuses(text: text)
  }
}

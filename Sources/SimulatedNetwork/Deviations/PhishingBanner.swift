internal import Artifact
internal import SimulatedServers

/// A server whose greeting is a trap.
struct PhishingBanner: PlantedDeviation {
  static let word = "phishing-banner"
  static let summary = "Its banner sends people to a fake update."
  static let indicators: [String] = ["I12.banner-wallet-download"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  private var text = phishingText

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("text", &text, .text, "The banner.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.banner = text
  }
}

internal import Artifact
internal import SimulatedServers

/// A server through which nothing can be sent.
struct RefusesBroadcast: PlantedDeviation {
  static let word = "refuses-broadcast"
  static let summary = "Answers every broadcast with an error."
  static let indicators: [String] = ["I13.broadcast-refusal"]
  static let isAnswer = true
  static var drawn: [Self] { [] }

  private var text = ""

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("text", &text, .text, "The error's text.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.broadcast = .refuses(text: text)
  }
}

internal import Artifact
internal import SimulatedServers

/// A server with another greeting than otherwise.
struct OtherBanner: PlantedDeviation {
  static let word = "other-banner"
  static let summary = "Has this banner at these epochs or for these clients."
  static let indicators: [String] = []
  static let isAnswer = true
  static var drawn: [Self] { [] }

  private var text = ""

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("text", &text, .text, "The banner.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.banner = text
  }
}

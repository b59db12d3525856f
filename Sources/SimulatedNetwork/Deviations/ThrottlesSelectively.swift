internal import Artifact
internal import SimulatedServers

/// A server that soon has enough of some questions or some clients.
struct ThrottlesSelectively: PlantedDeviation {
  static let word = "throttles-selectively"
  static let summary =
    "Calls further questions for scripts of one kind, or of some clients, excessive."
  static let indicators: [String] = ["I20.selective-limit"]
  static let isAnswer = true
  static var drawn: [Self] { [Self(script: "p2tr")] }

  private var requests = 1
  private var script: String?
  private var client: String?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "requests", &requests, .integer(0...1_000_000), "Such requests answered before.")
    f.field("script", &script, .text, "Kind of script, as p2tr.")
    f.field("client", &client, .text, "What the client's name begins with.")
    f.exactlyOne(of: [["script"], ["client"]])
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    let target: SelectiveLimit.Target =
      if let script { .script(script) } else { .client(prefix: client ?? "") }
    profile.selectiveLimit = SelectiveLimit(target: target, requests: requests)
  }

  private init(script: String) {
    self.script = script
  }
}

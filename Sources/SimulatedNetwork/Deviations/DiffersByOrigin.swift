internal import Artifact
internal import SimulatedServers

/// A server that treats clients otherwise that come another way.
struct DiffersByOrigin: PlantedDeviation {
  static let word = "differs-by-origin"
  static let summary =
    "Shows another certificate (I14), or other answers (I15), to clients that come another way."
  static let indicators: [String] = ["I14.certificate-by-vantage", "I15.content-by-vantage"]
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private var words = ""
  /// Whether such clients see another certificate.
  private(set) var otherCertificate = false
  private(set) var deviations: [any PlantedDeviation] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "origin", &words, .text, "tor, or what the client's address begins with, as 127.200.")
    f.field(
      "other_certificate", &otherCertificate, .flag,
      "Whether they see another certificate (I14).")
    f.field("deviations", &deviations, .list(.answer), "What it does to them.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // The state of the server has a profile for each origin: see `NetworkPlan.states`.
  }

  var origin: OriginVariant.Origin {
    words == "tor" ? .tor : .clients(addressPrefix: words)
  }
}

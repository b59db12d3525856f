internal import Artifact
internal import SimulatedServers

/// A server that treats some clients otherwise.
struct DiffersByClient: PlantedDeviation {
  static let word = "differs-by-client"
  static let summary = "Treats clients otherwise whose name begins so."
  static let indicators: [String] = ["I9.content-by-client"]
  static let isAnswer = false
  static var drawn: [Self] { [Self(prefix: "electrum/", [HistoryOmission(share: 0.5)])] }

  private var prefix = ""
  private var deviations: [any PlantedDeviation] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("client", &prefix, .text, "What the client's name begins with.")
    f.field("deviations", &deviations, .list(.answer), "What it does to them.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    var other = profile
    for deviation in deviations { deviation.plant(in: &other, planter) }
    profile.variants.append(ClientVariant(clientPrefix: prefix, server: other))
  }

  private init(prefix: String, _ deviations: [any PlantedDeviation]) {
    self.prefix = prefix
    self.deviations = deviations
  }
}

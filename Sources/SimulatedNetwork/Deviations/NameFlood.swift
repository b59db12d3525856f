internal import Artifact
internal import SimulatedServers

/// A server under thousands of names, in the style of 2019.
struct NameFlood: PlantedDeviation {
  static let word = "name-flood"
  static let summary = "Is told of under thousands of names."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private(set) var count = 1
  private(set) var domain = ""
  private var renameEpochs: Int?
  /// Whether the names lead to the server; otherwise to dead addresses of its site.
  private(set) var isLive = true

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("count", &count, .integer(1...100_000), "Names.")
    f.required(
      "domain", &domain, .text,
      "What each name ends with: under .example, .test or .invalid.")
    f.field(
      "rename_epochs", &renameEpochs, .integer(1...100_000),
      "Epochs after which all names are others; absent: never.")
    f.field(
      "live", &isLive, .flag, "Whether the names lead to the server; otherwise nowhere.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // The plan of the server has the names: see `ServerPlan.names`.
  }

  /// A word, a number, a domain.
  func names(after base: Int, at epoch: Int, seed: UInt64) -> [String] {
    let period = renameEpochs.map { epoch / $0 } ?? 0
    let start = Int(NetworkPlan.seed(seed, "flood|\(period)") % 9_000_000)
    // Steps by a number without common factor with the modulus visit each of them once.
    return (0..<count).map { place in
      let number = 1_000_000 + (start + base + place) * 7_000_003 % 9_000_000
      return "electrum\(number).\(domain)"
    }
  }
}

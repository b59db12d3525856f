internal import Artifact
internal import SimulatedServers

/// A server that abuses the protocol.
struct AbusesProtocol: PlantedDeviation {
  static let word = "abuse"
  static let summary = "Abuses the protocol, for a bounded time."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private(set) var abuse = ProtocolAbuse.endlessLine

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("abuse", &abuse, .word, "How; see the article on scenarios.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // Its sessions do it: see `ServerState.session`.
  }
}

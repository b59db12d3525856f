internal import Artifact
internal import SimulatedServers

/// A server that abuses the TLS handshake.
struct AbusesHandshake: PlantedDeviation {
  static let word = "handshake-abuse"
  static let summary = "Abuses the handshake on its TLS port."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private(set) var abuse = HandshakeAbuse.Kind.alert

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("abuse", &abuse, .word, "How; see the article on scenarios.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // The state of the server says so: see `ServerState.handshake`.
  }
}

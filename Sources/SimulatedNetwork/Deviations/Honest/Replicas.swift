internal import Artifact
internal import SimulatedServers

/// Several servers behind one address, as behind a balancer.
struct Replicas: PlantedDeviation {
  static let word = "replicas"
  static let summary =
    "Each connection is answered by one of several replicas whose nodes are not in step: no deviation."
  static let indicators: [String] = []
  static let isAnswer = false
  static var drawn: [Self] { [] }

  private var count = 2
  private var behind = 1

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("count", &count, .integer(2...20), "Replicas.")
    f.field(
      "behind", &behind, .integer(0...10),
      "Blocks by which every second replica is behind; absent: 1.")
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.replicasBehind = (1..<count).map { $0 % 2 * behind }
  }
}

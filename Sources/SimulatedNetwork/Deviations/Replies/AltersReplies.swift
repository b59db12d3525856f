internal import SimulatedServers

/// A deviation that lies in how replies leave the server, whatever software makes them.
protocol AltersReplies: PlantedDeviation {
  var alteration: AlteredSession.Alteration { get }
}

extension AltersReplies {
  static var isAnswer: Bool { false }
  static var drawn: [Self] { [] }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    // Its sessions do it: see `ServerState.session`.
  }
}

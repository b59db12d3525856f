import Records

/// Features of whom a server names, and who names it.
extension FeatureBuilder {
  func describeTopology(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let endpoints = observation.endpoints
    let facts = observation.server.peerFacts
    if let most = endpoints.map(\.advertisers).max() { features[.advertisers] = .integer(most) }
    if let kind = facts.firstHeardFrom {
      features[.firstHeardFrom] = .text(kind.rawValue)
    } else {
      let isNamed = endpoints.contains { $0.advertisers > 0 }
      features[.firstHeardFrom] = isNamed ? .unknown(.noTime) : .absent
    }
    guard observation.server.peersReturned != nil else {
      let unknown = Question("server.peers.subscribe", observation).unknown
      for feature in [Feature.peersAdvertised, .peersSHA256, .peersSketch, .advertisesItself] {
        features[feature] = unknown
      }
      return
    }
    let tooMany = FeatureValue.unknown(.tooMany)
    features[.advertisesItself] = facts.advertisesItself.map { .boolean($0) } ?? tooMany
    features[.peersAdvertised] = facts.advertised.map { .integer($0) } ?? tooMany
    let isWhole = facts.advertised != nil
    features[.peersSHA256] = isWhole ? .text(orAbsent: facts.sha256) : tooMany
    features[.peersSketch] = isWhole ? .set(facts.sketch) : tooMany
  }
}

import Records

/// What the scans of one epoch show, by server.
struct EpochObservations {
  var servers: [String: EpochObservation] = [:]
  /// Probes that anybody was asked.
  var probesAsked: Set<String> = []

  mutating func take(_ server: Server, scan: String) {
    if servers[server.serverID]?.take(server, scan: scan) == nil {
      servers[server.serverID] = EpochObservation(server, scan: scan)
    }
  }
}

/// One server over all epochs read so far.
struct ServerSeries {
  private let serverID: String
  private var scans = 0
  private var scansAnswered = 0
  private var firstScan: String?
  private var lastScan = ""
  private var isReached = false
  private var features: FeatureSet?
  private(set) var probes: [String: ProbeTally] = [:]
  /// What its last texts name as ways to reach or pay somebody.
  private(set) var contacts: [Contact] = []

  init(_ serverID: String) { self.serverID = serverID }

  /// Takes in the next epoch; epochs ascend.
  mutating func take(_ vector: FeatureVector, _ observation: EpochObservation) {
    scans += vector.scans
    scansAnswered += vector.scansAnswered
    firstScan = firstScan ?? observation.firstScan
    lastScan = observation.lastScan
    isReached = isReached || vector.reached
    take(observation.contacts, of: .banner, observation.server.bannerStatus)
    take(observation.contacts, of: .donationAddress, observation.server.donationStatus)
    if features?.fold(vector.features) == nil { features = vector.features }
    for (probe, tally) in observation.probes {
      if probes[probe]?.merge(tally) == nil { probes[probe] = tally }
    }
  }

  private mutating func take(
    _ later: [Contact], of source: ServerTextKind, _ status: ValueStatus
  ) {
    guard status != .unknown else { return }
    contacts.removeAll { $0.source == source }
    contacts += later.filter { $0.source == source }
  }

  func profile(_ builder: FeatureBuilder) -> FeatureProfile {
    var features = features ?? FeatureSet(unknown: .outcome(.untestedSkipped))
    builder.describeBehaviour(&features, probes)
    return FeatureProfile(serverID: serverID, firstScan: firstScan ?? "", lastScan: lastScan).with {
      $0.scans = scans
      $0.scansAnswered = scansAnswered
      $0.reached = isReached
      $0.coverage = builder.coverage(of: probes)
      $0.features = features
    }
  }
}

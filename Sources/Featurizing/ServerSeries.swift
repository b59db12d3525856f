import Records

/// What the scans of one epoch show, by server.
struct EpochObservations {
  var servers: [String: ServerObservation] = [:]
  /// First and last scan that has the server.
  var scans: [String: [String]] = [:]
  /// Probes that anybody was asked.
  var probesAsked: Set<String> = []

  mutating func take(_ server: Server, scan: String) {
    if servers[server.serverID]?.take(server) == nil {
      servers[server.serverID] = ServerObservation(server)
    }
    scans[server.serverID, default: [scan]].append(scan)
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
  /// The last banner that it showed.
  private(set) var banner: String?

  init(_ serverID: String) { self.serverID = serverID }

  /// Takes in the next epoch.
  mutating func take(
    _ vector: FeatureVector, _ observation: ServerObservation, scans names: [String]
  ) {
    scans += vector.scans
    scansAnswered += vector.scansAnswered
    if let first = names.min() { firstScan = min(firstScan ?? first, first) }
    if let last = names.max() { lastScan = max(lastScan, last) }
    isReached = isReached || vector.reached
    if observation.server.bannerStatus != .unknown { banner = observation.server.banner }
    if features?.fold(vector.features) == nil { features = vector.features }
    for (probe, tally) in observation.probes {
      if probes[probe]?.merge(tally) == nil { probes[probe] = tally }
    }
  }

  func profile(_ builder: FeatureBuilder) -> FeatureProfile {
    var features = features ?? FeatureSet(unknown: Outcome.untestedSkipped.rawValue)
    builder.describeBehaviour(&features, probes)
    return FeatureProfile(
      serverID: serverID, scans: scans, scansAnswered: scansAnswered,
      firstScan: firstScan ?? "", lastScan: lastScan, reached: isReached,
      coverage: builder.coverage(of: probes), features: features)
  }
}

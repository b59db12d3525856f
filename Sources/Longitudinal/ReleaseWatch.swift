import Records

/// A version of an implementation.
struct CohortKey: Hashable {
  let software: String
  let version: String

  /// Of claims that are told apart no more.
  static let further = CohortKey(
    ServerSighting.Claim(text: "*", software: "*", version: "*"))

  init(_ claim: ServerSighting.Claim) {
    software = claim.software
    version = claim.version
  }
}

/// Waves of updates: many servers of an implementation that go to one version soon after it appeared,
/// as automatic updates make them.
///
/// When a version was released is not known: its first sight in the series stands for it, unless it was
/// there when a vantage first looked.
struct ReleaseWatch {
  private struct Release {
    let scan: String
    let moment: ScanMoment
    let seconds: Int
    /// Servers of the implementation at the time.
    let population: Int
    var movers: Set<String> = []
  }

  private let rules: SeriesRules
  private var releases: [CohortKey: Release] = [:]

  init(_ rules: SeriesRules) { self.rules = rules }

  /// A version appears that was not there from the start.
  mutating func appear(_ key: CohortKey, in scan: ScanSighting, population: Int) {
    guard let seconds = scan.moment.seconds, releases[key] == nil else { return }
    releases[key] = Release(
      scan: scan.scan, moment: scan.moment, seconds: seconds, population: population)
  }

  /// A server goes from one version of an implementation to another.
  mutating func move(_ serverID: String, to key: CohortKey, at seconds: Int?) {
    guard let seconds, let release = releases[key], isInTime(release, seconds) else { return }
    releases[key]?.movers.insert(serverID)
  }

  /// Whether a move to the version at this time is one of many.
  func isWave(_ claim: ServerSighting.Claim, at seconds: Int) -> Bool {
    guard let release = releases[CohortKey(claim)] else { return false }
    return isInTime(release, seconds) && isWave(release)
  }

  private func isInTime(_ release: Release, _ seconds: Int) -> Bool {
    seconds >= release.seconds && seconds - release.seconds <= rules.releaseSeconds
  }

  private func isWave(_ release: Release) -> Bool {
    release.population >= rules.releaseServers
      && Double(release.movers.count) > rules.releaseShare * Double(release.population)
  }

  func rows() -> [Outage] {
    releases.filter { isWave($0.value) }.map { key, release in
      Outage(
        scan: release.scan, rule: .release,
        stratum: key.version.isEmpty ? key.software : "\(key.software) \(key.version)",
        vantage: release.moment.vantage
      ).with {
        $0.startedAt = release.moment.startedAt
        $0.serversBefore = release.population
        $0.serversAffected = release.movers.count
        $0.share = Double(release.movers.count) / Double(release.population)
        $0.threshold = rules.releaseShare
      }
    }
  }
}

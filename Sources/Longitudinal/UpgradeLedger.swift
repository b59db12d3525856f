import Ordering
import Records
import Statistics
import Timekeeping

/// Who claimed which version when, and who went from which to which.
struct UpgradeLedger {
  private struct Cohort {
    let firstScan: String
    var lastScan: String
    var firstSeconds: Int?
    var lastSeconds: Int?
    let isFromStart: Bool
    var ever: Set<String> = []
    /// When each first moved in; nil within: in a scan without a time.
    var moves: [String: Int?] = [:]
    var fromOther: Set<String> = []
    var downgrades: Set<String> = []
  }

  private struct LastClaim {
    var key: CohortKey
    var seconds: Int?
  }

  /// Servers whose claim is older are no part of an implementation when a version appears. Unit: s.
  private static let populationSeconds = 30 * 86_400

  /// So many cohorts begin with one server: who claims another version at each scan makes no rows and
  /// fills no memory without end.
  private static let maximumFounded = 64

  private(set) var releases: ReleaseWatch
  private var cohorts: [CohortKey: Cohort] = [:]
  private var last: [String: LastClaim] = [:]
  /// Cohorts that begin with a server.
  private var founded: [String: Int] = [:]
  /// Vantages that have seen claims.
  private var vantages: Set<String> = []

  init(_ rules: SeriesRules) { releases = ReleaseWatch(rules) }

  /// Takes in the claims of a scan.
  mutating func take(_ scan: ScanSighting) {
    let seconds = scan.moment.seconds
    let claims = scan.servers.compactMap { sighting in
      sighting.claim.map { (serverID: sighting.serverID, claim: $0) }
    }
    let isStart = !claims.isEmpty && vantages.insert(scan.moment.vantage).inserted
    var appeared: [CohortKey] = []
    var moved: [(serverID: String, key: CohortKey, from: CohortKey)] = []
    for (serverID, claim) in claims {
      let key = cohort(of: claim, by: serverID)
      if cohorts[key] == nil {
        founded[serverID, default: 0] += 1
        cohorts[key] = Cohort(
          firstScan: scan.scan, lastScan: scan.scan, firstSeconds: seconds, isFromStart: isStart)
        if !isStart { appeared.append(key) }
      }
      cohorts[key]?.lastScan = scan.scan
      if let seconds {
        if cohorts[key]?.firstSeconds == nil { cohorts[key]?.firstSeconds = seconds }
        cohorts[key]?.lastSeconds = seconds
      }
      cohorts[key]?.ever.insert(serverID)
      if let before = last[serverID]?.key, before != key { moved.append((serverID, key, before)) }
      last[serverID] = LastClaim(key: key, seconds: seconds)
    }
    for key in appeared {
      releases.appear(key, in: scan, population: population(of: key.software, at: seconds))
    }
    for (serverID, key, before) in moved { move(serverID, to: key, from: before, at: seconds) }
  }

  private func cohort(of claim: ServerSighting.Claim, by serverID: String) -> CohortKey {
    let key = CohortKey(claim)
    if cohorts[key] != nil || founded[serverID] ?? 0 < Self.maximumFounded { return key }
    return .further
  }

  private func population(of software: String, at now: Int?) -> Int {
    last.values.count { known in
      guard known.key.software == software else { return false }
      guard let now, let seconds = known.seconds else { return true }
      return now - seconds <= Self.populationSeconds
    }
  }

  private mutating func move(
    _ serverID: String, to key: CohortKey, from before: CohortKey, at seconds: Int?
  ) {
    if cohorts[key]?.moves[serverID] == nil {
      cohorts[key]?.moves.updateValue(seconds, forKey: serverID)
    }
    guard before.software == key.software else {
      cohorts[key]?.fromOther.insert(serverID)
      return
    }
    if let old = VersionNumber(before.version), let new = VersionNumber(key.version), new < old {
      cohorts[key]?.downgrades.insert(serverID)
    }
    releases.move(serverID, to: key, at: seconds)
  }

  func rows() -> [UpgradeCohort] {
    var now: [CohortKey: Int] = [:]
    for known in last.values { now[known.key, default: 0] += 1 }
    return cohorts.map { key, cohort in row(key, cohort, now: now[key] ?? 0) }
      .sorted { $0.sortKey < $1.sortKey }
  }

  private func row(_ key: CohortKey, _ cohort: Cohort, now: Int) -> UpgradeCohort {
    var days: [Double] = []
    if !cohort.isFromStart, let first = cohort.firstSeconds {
      days = cohort.moves.values.compactMap { $0.map { Double($0 - first) / 86_400 } }.sorted()
    }
    return UpgradeCohort(
      software: key.software, version: key.version.isEmpty ? "absent" : key.version,
      firstScan: cohort.firstScan, lastScan: cohort.lastScan
    ).with {
      $0.firstSeen = cohort.firstSeconds.map { UTCTime.text(seconds: $0) }
      $0.lastSeen = cohort.lastSeconds.map { UTCTime.text(seconds: $0) }
      $0.fromStart = cohort.isFromStart
      $0.serversEver = cohort.ever.count
      $0.serversNow = now
      $0.movedIn = cohort.moves.count
      $0.fromOtherSoftware = cohort.fromOther.count
      $0.downgrades = cohort.downgrades.count
      $0.daysQ1 = Quantiles.quantile(0.25, ofSorted: days)
      $0.daysMedian = Quantiles.quantile(0.5, ofSorted: days)
      $0.daysQ3 = Quantiles.quantile(0.75, ofSorted: days)
    }
  }
}

/// A version as its leading dotted numbers, for telling earlier from later.
struct VersionNumber: Comparable {
  let parts: [Int]

  /// Nil where the text is anything but numbers between dots, as a release candidate: what is earlier is
  /// then not known.
  init?(_ text: String) {
    var parts: [Int] = []
    for piece in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard piece.utf8.count <= 9, !piece.isEmpty, piece.utf8.allSatisfy({ 48...57 ~= $0 }),
        let number = Int(piece)
      else { return nil }
      parts.append(number)
    }
    while parts.count > 1, parts.last == 0 { parts.removeLast() }
    self.parts = parts
  }

  static func < (one: VersionNumber, other: VersionNumber) -> Bool {
    one.parts.lexicographicallyPrecedes(other.parts)
  }
}

import Artifact
import Records

/// Servers that came, went, or are otherwise.
struct ServerComparison {
  /// Columns of a server whose change is told.
  static let aspects = [
    "names", "addresses", "reached", "software", "software_version", "country", "asn",
    "spki_sha256s", "banner_masked_sha256", "donation_address",
  ]

  private typealias State = [String: String]

  private let earlier: PublishedPackage
  private let later: PublishedPackage
  private let own: [DifferenceCause]

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    self.earlier = earlier
    self.later = later
    own = earlier.lineage.ownCauses(of: later.lineage, upTo: .normalize)
  }

  func differences() throws(ArtifactError) -> [ReleaseDifference] {
    let (lasts, newests) = (earlier.lineage.lastScans, later.lineage.lastScans)
    let before = try states(of: earlier, in: Set(lasts.values))
    let after = try states(of: later, in: Set(lasts.values).union(newests.values))
    let (listed, now) = (try scans(of: earlier), try scans(of: later))
    var found = new(listed, now)
    found += gone(before, now, newests)
    for (vantage, last) in lasts.sorted(by: { $0.key < $1.key }) {
      guard let newest = newests[vantage] else { continue }
      let told = Set(found.map { [$0.subject, $0.aspect] })
      found += changed(before[last] ?? [:], last, after, newest).filter {
        !told.contains([$0.subject, $0.aspect])
      }
    }
    return found
  }

  /// Servers that the later package lists and no scan of the earlier one.
  private func new(
    _ listed: [String: Set<String>], _ now: [String: Set<String>]
  ) -> [ReleaseDifference] {
    now.compactMap { server, scans in
      guard listed[server] == nil else { return nil }
      let isOurs = scans.contains { earlier.lineage.shares($0, with: later.lineage) }
      return ReleaseDifference(
        .serverNew, server, after: scans.min(), causes: isOurs ? nonEmpty(own) : [.world])
    }
  }

  /// Servers that a vantage's last scan of the earlier package lists and none of the newest ones.
  private func gone(
    _ before: [String: [String: State]], _ now: [String: Set<String>], _ newests: [String: String]
  ) -> [ReleaseDifference] {
    let newest = Set(newests.values)
    return Set(before.values.flatMap(\.keys)).sorted().compactMap { server in
      let scans = now[server] ?? []
      guard scans.isDisjoint(with: newest) else { return nil }
      return ReleaseDifference(
        .serverGone, server, before: scans.max(), causes: scans.isEmpty ? causesOfLoss : [.world])
    }
  }

  private func changed(
    _ before: [String: State], _ last: String, _ after: [String: [String: State]], _ newest: String
  ) -> [ReleaseDifference] {
    let isShared = earlier.lineage.shares(last, with: later.lineage)
    var found: [ReleaseDifference] = []
    for (server, state) in before {
      guard let now = after[newest]?[server] else { continue }
      for aspect in Self.aspects where state[aspect] != nil && now[aspect] != nil {
        guard state[aspect] != now[aspect] else { continue }
        let again = isShared ? after[last]?[server]?[aspect] : nil
        found.append(
          ReleaseDifference(
            .serverChanged, server, aspect: aspect, before: state[aspect], after: now[aspect],
            causes: causes(state[aspect], again, now[aspect], isSameScan: last == newest)))
      }
    }
    return found
  }

  /// A server that the later package lists nowhere: its evidence is gone, or it has another id.
  private var causesOfLoss: [DifferenceCause] {
    let isKept = earlier.lineage.scans.allSatisfy { later.lineage.scans[$0.key] == $0.value }
    return isKept ? nonEmpty(own) : [.world] + own
  }

  /// - Parameter again: what the later package says of the earlier one's last scan; nil where it does
  ///   not have it.
  private func causes(
    _ before: String?, _ again: String?, _ now: String?, isSameScan: Bool
  ) -> [DifferenceCause] {
    guard let again else { return isSameScan ? nonEmpty(own) : [.world] + own }
    if again == before { return [.world] }
    return again == now ? nonEmpty(own) : [.world] + nonEmpty(own)
  }

  private func nonEmpty(_ causes: [DifferenceCause]) -> [DifferenceCause] {
    causes.isEmpty ? [.programs] : causes
  }

  private func scans(
    of package: PublishedPackage
  ) throws(ArtifactError) -> [String: Set<String>] {
    var scans: [String: Set<String>] = [:]
    try package.read("servers", ["scan", "server_id"]) { row in
      if let scan = row[0], let server = row[1] { scans[server, default: []].insert(scan) }
    }
    return scans
  }

  private func states(
    of package: PublishedPackage, in scans: Set<String>
  ) throws(ArtifactError) -> [String: [String: State]] {
    var states: [String: [String: State]] = [:]
    try package.read("servers", ["scan", "server_id"] + Self.aspects) { row in
      guard let scan = row[0], let server = row[1], scans.contains(scan) else { return }
      var state = State()
      for (place, aspect) in Self.aspects.enumerated() { state[aspect] = row[place + 2] }
      states[scan, default: [:]][server] = state
    }
    return states
  }
}

/// Releases of server software that were seen for the first time.
struct SoftwareComparison {
  private let earlier: PublishedPackage
  private let later: PublishedPackage

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    self.earlier = earlier
    self.later = later
  }

  func differences() throws(ArtifactError) -> [ReleaseDifference] {
    let (before, after) = (try releases(of: earlier), try releases(of: later))
    let causes = earlier.lineage.causes(of: later.lineage, upTo: .featurize)
    return after.filter { before[$0.key] == nil }.map { release, seen in
      ReleaseDifference(.versionFirstSeen, release, after: seen, causes: causes)
    }
  }

  private func releases(
    of package: PublishedPackage
  ) throws(ArtifactError) -> [String: String] {
    var releases: [String: String] = [:]
    try package.read("upgrades", ["software", "version", "first_seen"]) { row in
      let release = [row[0], row[1]].compactMap { $0 }.joined(separator: " ")
      releases[release] = row[2] ?? ""
    }
    return releases
  }
}

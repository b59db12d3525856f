import Ordering
public import Records
internal import Statistics

/// A server of a scan that was up when its state was last known and could be judged now.
public struct OutageCandidate: Sendable {
  public let serverID: String
  public let isDown: Bool
  /// nil: not known, or several.
  public let system: Int?
  public let place: String
  /// Families in which it was tried.
  public let families: Set<AddressFamily>
  /// What it has in common with servers of its owner.
  public let ownerMarks: Set<String>
  /// Another vantage reached it at nearly the same time.
  public let isReachedElsewhere: Bool
  /// It has been down so long that an outage of its system is no longer a reason.
  public let isOverdue: Bool

  public init(
    serverID: String, isDown: Bool, system: Int?, place: String, families: Set<AddressFamily>,
    ownerMarks: Set<String> = [], isReachedElsewhere: Bool = false, isOverdue: Bool = false
  ) {
    self.serverID = serverID
    self.isDown = isDown
    self.system = system
    self.place = place
    self.families = families
    self.ownerMarks = ownerMarks
    self.isReachedElsewhere = isReachedElsewhere
    self.isOverdue = isOverdue
  }
}

/// An outage in one scan.
public struct FoundOutage: Sendable {
  public let rule: ExclusionRule
  public let stratum: String
  public let before: Int
  public let threshold: Double
  /// Servers that went down in it.
  public let members: Set<String>
  /// Of an autonomous system: owners of these servers as far as they can be told apart, and those of
  /// them more than half of whose servers there went down.
  public var owners: (before: Int, down: Int)?

  /// Of the owners where these are counted, else of the servers.
  public var share: Double {
    if let owners { return Double(owners.down) / Double(owners.before) }
    return Double(members.count) / Double(before)
  }
}

/// Tells what many servers have in common from what each did: outages of a vantage and of an autonomous
/// system.
public struct OutageFinder: Sendable {
  private let rules: SeriesRules

  public init(_ rules: SeriesRules) { self.rules = rules }

  /// The outages of a scan: of the vantage, or of one address family there; then of autonomous systems,
  /// among the servers that are left and that no other vantage reached.
  public func outages(among candidates: [OutageCandidate]) -> [FoundOutage] {
    var found = vantageOutages(among: candidates)
    let explained = found.reduce(into: Set<String>()) { $0.formUnion($1.members) }
    var systems: [Int: [OutageCandidate]] = [:]
    for candidate in candidates where !explained.contains(candidate.serverID) {
      if let system = candidate.system, !candidate.isOverdue,
        !(candidate.isDown && candidate.isReachedElsewhere)
      {
        systems[system, default: []].append(candidate)
      }
    }
    for (system, servers) in systems.sorted(by: { $0.key < $1.key })
    where servers.count >= rules.systemServers {
      var outage = outage(.system, "AS\(system)", servers, threshold: rules.systemShare)
      let owners = Self.owners(of: servers)
      // Who switches off all that he has there says nothing of the system.
      guard owners.count >= rules.systemServers else { continue }
      let down = owners.count { own in own.count(where: \.isDown) * 2 > own.count }
      outage.owners = (owners.count, down)
      if outage.share > rules.systemShare { found.append(outage) }
    }
    return found
  }

  /// The servers by what joins them as one owner's.
  private static func owners(of servers: [OutageCandidate]) -> [[OutageCandidate]] {
    var sets = UnionFind(count: servers.count)
    var first: [String: Int] = [:]
    for (index, server) in servers.enumerated() {
      for mark in server.ownerMarks {
        if let other = first[mark] { sets.union(other, index) } else { first[mark] = index }
      }
    }
    var owners: [Int: [OutageCandidate]] = [:]
    for (index, server) in servers.enumerated() {
      owners[sets.representative(of: index), default: []].append(server)
    }
    return Array(owners.values)
  }

  private func vantageOutages(among candidates: [OutageCandidate]) -> [FoundOutage] {
    if let all = vantageOutage("all", among: candidates) { return [all] }
    return [AddressFamily.ipv4, .ipv6, .onion].compactMap { family in
      vantageOutage(family.rawValue, among: candidates.filter { $0.families == [family] })
    }
  }

  /// Most servers fail, and of most networks most servers do: one large network alone is not enough.
  private func vantageOutage(_ stratum: String, among candidates: [OutageCandidate]) -> FoundOutage?
  {
    guard candidates.count >= rules.vantageServers else { return nil }
    let outage = outage(.vantage, stratum, candidates, threshold: rules.vantageShare)
    let places = Dictionary(grouping: candidates, by: \.place).values
    let failed = places.count { servers in servers.count(where: \.isDown) * 2 > servers.count }
    guard outage.share > rules.vantageShare, places.count >= rules.vantagePlaces,
      Double(failed) > rules.vantageShare * Double(places.count)
    else { return nil }
    return outage
  }

  private func outage(
    _ rule: ExclusionRule, _ stratum: String, _ candidates: [OutageCandidate], threshold: Double
  ) -> FoundOutage {
    FoundOutage(
      rule: rule, stratum: stratum, before: candidates.count, threshold: threshold,
      members: Set(candidates.lazy.filter(\.isDown).map(\.serverID)))
  }
}

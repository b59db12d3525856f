import Artifact
import Ordering
import Records

/// Likely operators that parted or were joined, among the servers that both packages have.
struct GroupComparison {
  private let earlier: PublishedPackage
  private let later: PublishedPackage

  private struct Membership {
    let group: String
    let rules: Set<String>
  }

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    self.earlier = earlier
    self.later = later
  }

  func differences() throws(ArtifactError) -> [ReleaseDifference] {
    let (before, after) = (try members(of: earlier), try members(of: later))
    let common = Set(before.keys).intersection(after.keys).sorted()
    let causes = earlier.lineage.causes(of: later.lineage, upTo: .cluster)
    let parted = Self.crossing(common, from: before, to: after).map { group, parts in
      ReleaseDifference(
        .groupSplit, group, before: Self.text(parts.flatMap(\.value).sorted()),
        after: Self.text(parts), causes: causes, evidence: Self.rules(parts, in: before, not: after)
      )
    }
    let joined = Self.crossing(common, from: after, to: before).map { group, parts in
      ReleaseDifference(
        .groupMerged, group, before: Self.text(parts),
        after: Self.text(parts.flatMap(\.value).sorted()), causes: causes,
        evidence: Self.rules(parts, in: after, not: before))
    }
    return parted + joined
  }

  /// The groups of one partition whose servers stand in several groups of the other, with these.
  private static func crossing(
    _ servers: [String], from one: [String: Membership], to other: [String: Membership]
  ) -> [(String, [String: [String]])] {
    var parts: [String: [String: [String]]] = [:]
    for server in servers {
      guard let here = one[server], let there = other[server] else { continue }
      parts[here.group, default: [:]][there.group, default: []].append(server)
    }
    return parts.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
  }

  /// Rules that held these servers in `one` and hold them no longer, or did not before.
  private static func rules(
    _ parts: [String: [String]], in one: [String: Membership], not other: [String: Membership]
  ) -> [String] {
    let servers = parts.flatMap(\.value)
    let here = Set(servers.flatMap { one[$0]?.rules ?? [] })
    let there = Set(servers.flatMap { other[$0]?.rules ?? [] })
    let new = here.subtracting(there)
    return (new.isEmpty ? here : new).sorted()
  }

  private static func text(_ servers: [String]) -> String { servers.joined(separator: " ") }

  private static func text(_ parts: [String: [String]]) -> String {
    parts.map { text($0.value.sorted()) }.sorted().joined(separator: " | ")
  }

  private func members(
    of package: PublishedPackage
  ) throws(ArtifactError) -> [String: Membership] {
    var members: [String: Membership] = [:]
    try package.read("operators", ["server_id", "operator_id", "rules"]) { row in
      guard let server = row[0], let group = row[1] else { return }
      let rules = (row[2] ?? "").split(separator: ";").map(String.init)
      members[server] = Membership(group: group, rules: Set(rules))
    }
    return members
  }
}

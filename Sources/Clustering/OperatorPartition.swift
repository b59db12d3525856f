import Records
import Statistics

/// Likely operators: components over identity evidence, in two strengths. Pairs that share nothing but
/// what can be copied are listed as links, and joined by none.
struct OperatorPartition {
  /// A pair of servers and everything that links it.
  private struct Edge {
    let a: Int
    let b: Int
    var rules: Set<String> = []
    var groups: Set<EvidenceGroup> = []
  }

  private(set) var links: [OperatorLink] = []
  private(set) var memberships: [OperatorMembership] = []

  /// - Parameter servers: sorted by id.
  init(_ servers: [FeatureProfile], parameters: ClusterParameters) {
    var edges: [[Int]: Edge] = [:]
    for rule in IdentityRule.all {
      var members: [String: [Int]] = [:]
      for (index, server) in servers.enumerated() {
        for value in Set(rule.values(server, parameters)) {
          members[value, default: []].append(index)
        }
      }
      for (value, group) in members.sorted(by: { $0.key < $1.key }) where group.count > 1 {
        link(group, rule, value, servers, &edges)
      }
    }
    links.sort { $0.sortKey < $1.sortKey }
    memberships = Self.memberships(
      servers, edges.values.sorted { ($0.a, $0.b) < ($1.a, $1.b) })
  }

  private mutating func link(
    _ group: [Int], _ rule: IdentityRule, _ value: String, _ servers: [FeatureProfile],
    _ edges: inout [[Int]: Edge]
  ) {
    for (position, a) in group.enumerated() {
      for b in group[(position + 1)...] {
        links.append(
          OperatorLink(
            evidence: value, group: rule.group.name, rule: rule.id.text,
            serverA: servers[a].serverID, serverB: servers[b].serverID
          ).with {
            $0.copyable = rule.isCopyable
            $0.serversSharing = group.count
          })
        var edge = edges[[a, b]] ?? Edge(a: a, b: b)
        edge.rules.insert(rule.id.text)
        edge.groups.insert(rule.group)
        edges[[a, b]] = edge
      }
    }
  }

  private static func memberships(
    _ servers: [FeatureProfile], _ edges: [Edge]
  ) -> [OperatorMembership] {
    var identity = UnionFind(count: servers.count)
    var operators = UnionFind(count: servers.count)
    var rules = [Set<String>](repeating: [], count: servers.count)
    for edge in edges where edge.groups.mayJoin {
      _ = operators.union(edge.a, edge.b)
      if edge.groups.isRobust { _ = identity.union(edge.a, edge.b) }
      rules[edge.a].formUnion(edge.rules)
      rules[edge.b].formUnion(edge.rules)
    }
    let proved = Set(edges.filter(\.groups.hasProof).flatMap { [$0.a, $0.b] })
    var memberships: [OperatorMembership] = []
    for component in operators.components() {
      let lower = Set(component.map { identity.representative(of: $0) })
      let isConfirmed =
        component.count > 1 && lower.count == 1 && !proved.isDisjoint(with: component)
      for index in component {
        memberships.append(
          OperatorMembership(
            serverID: servers[index].serverID,
            identityID: id("i_", servers[identity.representative(of: index)]),
            operatorID: id("o_", servers[component[0]]),
            label: component.count == 1 ? .single : isConfirmed ? .confirmed : .likely
          ).with {
            $0.operatorServers = component.count
            $0.rules = rules[index].sorted()
          })
      }
    }
    return memberships
  }

  /// A group's id, from its member with the smallest id.
  private static func id(_ prefix: String, _ server: FeatureProfile) -> String {
    Identifier.group(prefix: prefix, anchor: server.serverID)
  }
}

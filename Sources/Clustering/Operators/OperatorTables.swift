import Ordering
import RecordLinkage
import Records

/// Rows about likely operators.
struct OperatorTables {
  private let partitions: OperatorPartitions
  private let ids: [String]
  /// Per server its cluster, where that has several servers.
  private let clusterOf: [Int: OperatorPartitions.Cluster]
  private let spanning: Set<[Int]>

  init(_ partitions: OperatorPartitions) {
    self.partitions = partitions
    ids = partitions.servers.map(\.id)
    var clusterOf: [Int: OperatorPartitions.Cluster] = [:]
    for cluster in partitions.clusters {
      for member in cluster.evidence.members { clusterOf[member] = cluster }
    }
    self.clusterOf = clusterOf
    spanning = Set(
      partitions.clusters.flatMap(\.evidence.spanning).map { [Int($0.a), Int($0.b)] })
  }

  // MARK: Memberships

  /// One row for each of these servers: those that never answered are of nobody else.
  func memberships(_ all: [String]) -> [OperatorMembership] {
    let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let rules = rulesOfLinks()
    return all.map { id in
      guard let index = place[id] else {
        return OperatorMembership(
          serverID: id, identityID: Self.id("i_", id), operatorID: Self.id("o_", id), label: .single
        ).with {
          $0.declaredID = Self.id("d_", id)
          $0.operatorServers = 1
        }
      }
      let cluster = clusterOf[index]
      return OperatorMembership(
        serverID: id, identityID: Self.id("i_", ids[partitions.identity[index]]),
        operatorID: Self.id("o_", ids[partitions.operators[index]]),
        label: cluster?.label ?? .single
      ).with {
        $0.declaredID = Self.id("d_", ids[partitions.declared[index]])
        $0.cohortID = Self.id("c_", ids[partitions.cohort[index]])
        $0.operatorServers = cluster?.evidence.members.count ?? 1
        $0.rules = (rules[index] ?? []).sorted()
      }
    }
  }

  private func rulesOfLinks() -> [Int: Set<String>] {
    var rules: [Int: Set<String>] = [:]
    for pair in spanning {
      let comparison = partitions.linkage.comparison(pair[0], pair[1])
      let found = comparison.agreements.filter { $0.bits > 0 }.map(\.field)
      for server in pair { rules[server, default: []].formUnion(found) }
    }
    return rules
  }

  /// A group's id, from its server with the smallest id.
  static func id(_ prefix: String, _ anchor: String) -> String {
    Identifier.group(prefix: prefix, anchor: anchor)
  }

  // MARK: Links

  /// Pairs with evidence, so many a value, and the links that hold operators together.
  func links(perValue bound: Int) -> [Link] {
    var pairs = Set(partitions.linkage.pairs(perValue: bound).map { [$0.a, $0.b] })
    pairs.formUnion(spanning)
    return pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.compactMap { pair in
      let link = link(partitions.linkage.comparison(pair[0], pair[1]))
      return link.agreements.contains { $0.bits > 0 } ? link : nil
    }
  }

  func link(_ comparison: PairComparison) -> Link {
    Link(serverA: ids[comparison.a], serverB: ids[comparison.b]).with {
      $0.agreements = comparison.agreements.map(LinkAgreement.init)
      $0.bits = comparison.total
      $0.posterior = comparison.posterior
      $0.prior = comparison.prior
      $0.says = word(comparison)
      $0.spanning = spanning.contains([comparison.a, comparison.b])
    }
  }

  /// What may be said of a pair: *proved* only of a link by a key.
  private func word(_ comparison: PairComparison) -> LinkWord {
    let (a, b) = (comparison.a, comparison.b)
    if comparison.agreements.contains(where: { $0.strength == .proof }) { return .proved }
    if partitions.identity[a] == partitions.identity[b] { return .oneIdentity }
    if partitions.operators[a] == partitions.operators[b] {
      switch clusterOf[a]?.label {
      case .confirmed, .probable: return .likely
      case .likely, .single, nil: return .possibly
      }
    }
    if partitions.declared[a] == partitions.declared[b] { return .declared }
    return partitions.cohort[a] == partitions.cohort[b] ? .deployedAlike : .apart
  }

  /// Values that several servers have, with how many of their pairs are listed.
  func sharedValues(_ links: [Link]) -> [SharedValue] {
    let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let pairs = links.compactMap { link -> (Int, Int)? in
      guard let a = place[link.serverA], let b = place[link.serverB] else { return nil }
      return (a, b)
    }
    return partitions.linkage.evidence.fields.flatMap { field in
      var listed: [Int: Int] = [:]
      for (a, b) in pairs {
        for value in field.common(a, b) { listed[value, default: 0] += 1 }
      }
      return field.values.indices.map { value in
        let members = field.members[value]
        return SharedValue(rule: field.name, value: field.values[value]).with {
          $0.servers = members.count
          $0.units = Set(members.map { partitions.linkage.units[Int($0)] }).count
          $0.pairs = members.count * (members.count - 1) / 2
          $0.pairsListed = listed[value] ?? 0
        }
      }
    }
  }

  // MARK: Recipes and nodes

  var recipes: [DeploymentRecipe] {
    partitions.recipes.map { recipe in
      let values = recipe.values.map { "\(ServerRecipes.fields[$0.field])=\($0.value)" }
      return DeploymentRecipe(recipeID: Self.id("r_", values.joined(separator: "\n"))).with {
        $0.values = values
        $0.product = ServerRecipes.product(
          of: recipe.members.map { partitions.servers[$0] }, partitions.context)
        $0.namedBy = ServerRecipes.fields[recipe.namingField]
        $0.servers = recipe.members.map { ids[$0] }
        $0.candidates = recipe.candidates
        $0.share = recipe.share
        $0.logChance = recipe.logChance
      }
    }
  }

  var nodes: [NodeMembership] {
    let scans = OperatorEvidence.scans(partitions.servers)
    return partitions.linkage.stateGroups.flatMap { group in
      let node = Self.id("n_", scans[group.round] + "\n" + group.state.text)
      return group.holders.map { holder in
        NodeMembership(scan: scans[group.round], nodeID: node, serverID: ids[holder]).with {
          $0.state = group.state.text
          $0.servers = group.holders.count
          $0.units = group.units
          $0.tellers = group.tellers
          $0.expected = group.expected
          $0.chance = group.chance
          $0.bits = group.bits
        }
      }
    }
  }
}

extension LinkAgreement {
  init(_ agreement: Agreement) {
    self.init()
    anotherHolder = agreement.withAnotherHolder
    bits = agreement.bits
    cap = agreement.cap
    group = OperatorGroup.weighed[agreement.group].name
    level = agreement.level
    rule = agreement.field
    strength = agreement.strength.rawValue
    value = agreement.value
    switch agreement.basis {
    case .cap: break
    case .frequency(let m, let frequency):
      share = m
      chance = frequency.value
      holders = frequency.holders
      known = frequency.known
    case .madeTogether(let m, _, let byMonth, let byDay):
      share = m
      chance = max(byMonth, byDay)
    case .sharedState(let m, let tellers, let units, _, let chance):
      share = m
      self.chance = chance
      holders = units
      known = tellers
    }
  }
}

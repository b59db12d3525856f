import RecordLinkage
import Records

/// Which servers have one owner, in four partitions, with what holds each cluster together.
///
/// Operator is coarser than identity; declared and cohort are each coarser than operator.
struct OperatorPartitions {
  /// One likely operator of several servers.
  struct Cluster {
    let evidence: ClusterEvidence
    let label: OperatorLabel
    /// Why it has no better label.
    let shortfall: String?
  }

  let servers: [ServerFacts]
  let context: OperatorContext
  let linkage: Linkage
  let recipes: [Recipe]
  /// Per server the smallest server of its set.
  let identity: [Int]
  let declared: [Int]
  let cohort: [Int]
  let clusters: [Cluster]

  /// Per server the smallest server of its likely operator.
  var operators: [Int] { linkage.clusters }

  /// - Parameter servers: by id.
  init(
    _ servers: [ServerFacts], copiedKeys: Set<String>, model: LinkageModel = OperatorGroup.model,
    threads: Int, memory: Int = Linkage.defaultMemory
  ) throws(LinkageError) {
    self.servers = servers
    context = OperatorContext(servers, copiedKeys: copiedKeys)
    let linkage = try Linkage(
      OperatorEvidence.evidence(servers, context), model: model, threads: threads, memory: memory)
    self.linkage = linkage
    let identity = linkage.components(where: Self.isOneIdentity)
    self.identity = identity
    declared = Self.declared(linkage)
    let table = ServerRecipes.table(servers)
    recipes = Recipes(table).found
    var cohorts = Components(linkage.clusters)
    for recipe in recipes { cohorts.join(recipe.members.map { Int32($0) }) }
    cohort = cohorts.representatives
    clusters = linkage.clusterEvidence().map { evidence in
      let isOneIdentity = Set(evidence.members.map { identity[$0] }).count == 1
      let (label, shortfall) = OperatorLabel.of(evidence, isOneIdentity: isOneIdentity)
      return Cluster(evidence: evidence, label: label, shortfall: shortfall)
    }
  }

  /// What makes two servers of one likely operator one identity. A domain and a donation together
  /// do, too: these are conjunctions of the linkage.
  static func isOneIdentity(_ pair: PairEvidence) -> Bool {
    let bits = { (group: OperatorGroup) in pair.bits(group.rawValue) }
    let level = { (group: OperatorGroup) in pair.level(group.rawValue) }
    return level(.key) > 0 || level(.tenant) > 0
      || level(.name) > 0 && (bits(.batch) > 0 || level(.issuer) > 1 && bits(.issuer) > 0)
  }

  /// Likely operators joined by what servers say of themselves: a domain that is no provider's, a
  /// donation, a contact, a mutual claim.
  private static func declared(_ linkage: Linkage) -> [Int] {
    var sets = Components(linkage.clusters)
    let declaring: Set<String> = [
      "operator.same-domain", "operator.same-donation", "operator.same-contact",
    ]
    for field in linkage.evidence.fields where declaring.contains(field.name) {
      for members in field.members { sets.join(members) }
    }
    for pairs in linkage.evidence.pairs where pairs.group == OperatorGroup.claim.rawValue {
      for (a, b) in pairs.pairs { sets.join(a, b) }
    }
    return sets.representatives
  }
}

extension OperatorLabel {
  /// Least mean posterior of a probable cluster.
  static let leastPosterior = 0.95
  /// Mean bits from which a group carries a part of a cluster.
  static let leastBits = 1.0

  /// The label of a cluster, and why not the next better one.
  static func of(
    _ cluster: ClusterEvidence, isOneIdentity: Bool
  ) -> (label: OperatorLabel, shortfall: String?) {
    if isOneIdentity, cluster.hasProof { return (.confirmed, nil) }
    let unconfirmed =
      cluster.hasProof
      ? "a key proves a part of it only, and the rest is of other identities"
      : "no two of its servers share a key that proves"
    let carrying = OperatorGroup.weighed.filter {
      cluster.meanBits[$0.rawValue] >= leastBits
    }
    var missing: [String] = []
    if cluster.meanPosterior < leastPosterior {
      missing.append("the mean posterior is below \(leastPosterior)")
    }
    if carrying.count < 2 { missing.append("fewer than two groups carry a bit on average") }
    if !carrying.contains(where: { isOwned($0, cluster) }) {
      missing.append("what carries it can be copied, declared, rented or shared")
    }
    return missing.isEmpty
      ? (.probable, unconfirmed) : (.likely, missing.joined(separator: "; "))
  }

  /// Whether nobody else can make what a cluster shares in this group.
  private static func isOwned(_ group: OperatorGroup, _ cluster: ClusterEvidence) -> Bool {
    switch group {
    case .key, .batch, .tenant: true
    case .issuer, .name: cluster.shares[group.rawValue][1] > 0.5
    case .texts, .claim, .address, .node, .recipe: false
    }
  }
}

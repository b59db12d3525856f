import RecordLinkage
import Records

/// Figures about the partitions as a whole.
struct ClusterQuality {
  let metrics: [ClusterMetric]

  init(
    listed: Int, _ partitions: OperatorPartitions, _ check: PermutationCheck
  ) {
    var metrics: [ClusterMetric] = []
    func add(_ name: String, _ value: Double?, _ summary: String) {
      metrics.append(ClusterMetric(metric: name, summary: summary).with { $0.value = value })
    }
    func count(_ name: String, _ value: Int, _ summary: String) {
      add(name, Double(value), summary)
    }
    let answered = partitions.servers.count
    count("servers.listed", listed, "Servers in the dataset, reached or only listed.")
    count("servers.answered", answered, "Servers with an Electrum or TLS answer in any scan.")
    for (name, partition, summary) in [
      ("identity", partitions.identity, "Identities of servers that answered."),
      ("likely", partitions.operators, "Likely operators of servers that answered."),
      ("declared", partitions.declared, "These joined by what servers say of themselves."),
      ("cohorts", partitions.cohort, "Likely operators joined by recipes."),
    ] {
      count("operators." + name, Set(partition).count, summary)
    }
    for label in [OperatorLabel.confirmed, .probable, .likely] {
      let clusters = partitions.clusters.filter { $0.label == label }
      count(
        "operators." + label.rawValue + ".clusters", clusters.count,
        "Likely operators of several servers with this label.")
      add(
        "operators." + label.rawValue + ".expected-false", Self.expectedFalse(clusters),
        "Share of the pairs of servers with this label that are expected to be of two operators.")
    }
    count(
      "operators.largest",
      partitions.clusters.map(\.evidence.members.count).max() ?? min(1, answered),
      "Servers of the largest likely operator.")
    count("recipes", partitions.recipes.count, "Recipes: servers that are deployed alike.")
    count("links.deciding", check.observed, "Pairs whose bits are above zero.")
    add(
      "links.shuffled-ratio", check.ratio,
      "Such pairs after each group's values were shuffled within implementation and autonomous system, over those observed."
    )
    add("linkage.prior", partitions.linkage.prior, "Bits of a pair of which nothing is known.")
    self.metrics = metrics
  }

  /// 1 − p over all pairs of these clusters.
  private static func expectedFalse(_ clusters: [OperatorPartitions.Cluster]) -> Double? {
    let pairs = clusters.reduce(0) { $0 + $1.evidence.pairs }
    guard pairs > 0 else { return nil }
    return clusters.reduce(0) { $0 + Double($1.evidence.pairs) * $1.evidence.expectedFalse }
      / Double(pairs)
  }
}

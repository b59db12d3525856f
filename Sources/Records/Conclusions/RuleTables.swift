public import Artifact

/// The tables of rules: one of each stage that concludes, and one of all in the data package.
extension ArtifactSchema {
  /// - Parameter id: the folder's name and `rules`.
  fileprivate static func rules(_ id: String, _ summary: String) -> ArtifactSchema {
    ArtifactSchema(
      id: id, version: 1, encoding: .csv, key: ["family", "id"], summary: summary,
      columns: [
        Column("id", .text, "Permanent id, never given to another rule."),
        Column("family", .word(RuleFamily.words), "What the rule is about."),
        Column("group", .text, "Kind of evidence within the family."),
        Column("statement", .text, "What the rule says, in one sentence."),
        Column("source", .text, "Where the rule is from."),
        Column(
          "evaluated", .boolean,
          "False for a rule that this release states and cannot evaluate."),
      ])
  }
}

/// Which endpoints are one server, what made a certificate, which software a server is.
public enum NormalizedRules: RuleTable {
  public static let schema = ArtifactSchema.rules(
    "normalized.rules", "Every rule that normalize applies to a scan.")
}

/// What is not held against a server.
public enum FeatureRules: RuleTable {
  public static let schema = ArtifactSchema.rules(
    "features.rules", "Every rule that featurize applies to the series.")
}

/// Which servers likely have one operator.
public enum ClusterRules: RuleTable {
  public static let schema = ArtifactSchema.rules(
    "clusters.rules", "Every rule that cluster applies.")
}

/// How a server deviates.
public enum ScoreRules: RuleTable {
  public static let schema = ArtifactSchema.rules(
    "scores.rules", "Every rule that score applies, and those that it cannot evaluate yet.")
}

/// All of them, as the data package has them.
public enum PublishedRules: RuleTable {
  public static let schema = ArtifactSchema.rules(
    "published.rules", "Every rule by which the tables conclude anything.")
}

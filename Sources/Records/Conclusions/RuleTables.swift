public import Artifact

extension RuleTable {
  /// The schema of the rules that a stage applies.
  /// - Parameter id: the folder's name and `rules`.
  fileprivate static func rules(_ id: String, _ summary: String) -> ArtifactSchema {
    RuleRecord<Self>.table(id, version: 1, .csv, key: ["family", "id"], summary)
  }
}

/// Which endpoints are one server, what made a certificate, which software a server is.
public enum NormalizedRules: RuleTable {
  public static let schema = rules(
    "normalized.rules", "Every rule that normalize applies to a scan.")
}

/// What is not held against a server.
public enum FeatureRules: RuleTable {
  public static let schema = rules(
    "features.rules", "Every rule that featurize applies to the series.")
}

/// Which servers likely have one operator.
public enum ClusterRules: RuleTable {
  public static let schema = rules(
    "clusters.rules", "Every rule that cluster applies.")
}

/// How a server deviates.
public enum ScoreRules: RuleTable {
  public static let schema = rules(
    "scores.rules", "Every rule that score applies, and those that it cannot evaluate yet.")
}

/// All of them, as the data package has them.
public enum PublishedRules: RuleTable {
  public static let schema = rules(
    "published.rules", "Every rule by which the tables conclude anything.")
}

/// What a column of the tables that `featurize` makes is as a feature, for the data dictionary.
public struct FeatureDocumentation: Sendable, Equatable {
  /// What a feature is about.
  public enum Family: String, Sendable, CaseIterable {
    case software
    /// How replies are written.
    case shape
    case limits
    case timing
    case tls = "TLS"
    /// Texts and settings that an operator chooses.
    case config = "config text"
    /// The node behind a server.
    case backend
    case topology
    case infrastructure
    case longitudinal
  }

  /// How values compare.
  public enum ValueType: String, Sendable, CaseIterable {
    case categorical
    case ordinal
    case numeric
    case set
    case vector
  }

  /// Whether a stranger can reproduce the value without the operator's help.
  public enum Copyable: String, Sendable, CaseIterable {
    case yes
    case partly
    case hardly
    case no
  }

  public enum Use: String, Sendable, CaseIterable {
    /// Which software answers.
    case behaviour
    /// Who operates it.
    case linkage
    /// Whether it deviates.
    case suspicion
  }

  public struct Feature: Sendable, Equatable {
    public let family: Family
    public let type: ValueType
    public let copyable: Copyable
    public let uses: [Use]

    package init(family: Family, type: ValueType, copyable: Copyable, uses: [Use]) {
      self.family = family
      self.type = type
      self.copyable = copyable
      self.uses = uses
    }
  }

  /// Name of the table, without `features.`.
  public let table: String
  public let column: String
  /// Nil for a key, a count of observations or what else describes the row and is no feature.
  public let feature: Feature?

  package init(table: String, column: String, feature: Feature?) {
    self.table = table
    self.column = column
    self.feature = feature
  }
}

public import Artifact

/// How the vectors of a server's epochs make the one of the series; unknown takes no part.
public enum FeatureFold: Sendable {
  /// The last known value.
  case last
  /// All values of the known sets.
  case union
  /// The least known value.
  case least
  /// Made anew from the whole series.
  case series

  /// In words, for the data dictionary.
  public var summary: String {
    switch self {
    case .last: "last known"
    case .union: "all"
    case .least: "least"
    case .series: "made anew"
    }
  }
}

/// What a feature is: its column, and what a reader has to know to use it.
public struct FeatureDefinition: Sendable {
  public let column: StaticString
  public let family: FeatureDocumentation.Family
  public let measure: FeatureDocumentation.ValueType
  public let copyable: FeatureDocumentation.Copyable
  public let uses: [FeatureDocumentation.Use]
  public let kind: Column.Kind
  public let fold: FeatureFold
  public let summary: String
  public let unit: String?
  /// What it means that a server has none; nil: that cannot be.
  public let absent: String?

  init(
    _ column: StaticString, _ family: FeatureDocumentation.Family,
    _ measure: FeatureDocumentation.ValueType,
    _ copyable: FeatureDocumentation.Copyable, _ uses: [FeatureDocumentation.Use],
    _ kind: Column.Kind, fold: FeatureFold = .last,
    unit: String? = nil, absent: String? = nil, _ summary: String
  ) {
    self.column = column
    self.family = family
    self.measure = measure
    self.copyable = copyable
    self.uses = uses
    self.kind = kind
    self.fold = fold
    self.summary = summary
    self.unit = unit
    self.absent = absent
  }

  /// What the data dictionary says of the column.
  package var documentation: FeatureDocumentation.Feature {
    FeatureDocumentation.Feature(family: family, type: measure, copyable: copyable, uses: uses)
  }

  public var name: String { "\(column)" }

  var artifactColumn: Column {
    let empty =
      absent.map { "unknown (see `unknown`), or absent (see `absent`): \($0)" }
      ?? "unknown: see `unknown`"
    return Column(name, kind, summary, unit: unit, empty: empty)
  }
}

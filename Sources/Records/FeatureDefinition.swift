public import Artifact

/// Family of a feature (methods 2).
public enum FeatureFamily: String, ColumnWord {
  case software
  case shape
  case limits
  case timing
  case tls
  case text
  case backend
  case topology
  case infrastructure
}

/// How values of a feature compare.
public enum FeatureMeasure: String, ColumnWord {
  case categorical
  case ordinal
  case numeric
  case set
}

/// Whether a third party can reproduce a value without the operator's help.
public enum Copyability: String, ColumnWord {
  case yes
  case partly
  case no
}

/// What a feature serves.
public enum FeatureUse: String, ColumnWord {
  case behaviour
  case linkage
  case suspicion
}

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
  public let family: FeatureFamily
  public let measure: FeatureMeasure
  public let copyable: Copyability
  public let uses: [FeatureUse]
  public let kind: Column.Kind
  public let fold: FeatureFold
  public let summary: String
  public let unit: String?
  /// What it means that a server has none; nil: that cannot be.
  public let absent: String?

  init(
    _ column: StaticString, _ family: FeatureFamily, _ measure: FeatureMeasure,
    _ copyable: Copyability, _ uses: [FeatureUse], _ kind: Column.Kind, fold: FeatureFold = .last,
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

  public var name: String { "\(column)" }

  var artifactColumn: Column {
    let empty =
      absent.map { "unknown (see `unknown`), or absent (see `absent`): \($0)" }
      ?? "unknown: see `unknown`"
    return Column(name, kind, summary, unit: unit, empty: empty)
  }
}

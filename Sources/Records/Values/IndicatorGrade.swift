public import Artifact

/// What one indicator may say at most, in rising order.
public enum IndicatorGrade: String, ColumnWord, Comparable {
  /// Shown, and never scored: harmless configuration, or what a server cannot help.
  case none
  /// Innocent causes that nobody thought of are conceded to one honest server in a hundred.
  case supporting
  /// To one in a thousand: nothing of the kind was seen on any honest server of the evaluation.
  case strong
  /// Archived bytes contradict the protocol or themselves.
  case proved

  public static func < (one: IndicatorGrade, other: IndicatorGrade) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .supporting: 1
    case .strong: 2
    case .proved: 3
    }
  }
}

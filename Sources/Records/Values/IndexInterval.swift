public import Artifact

/// What the interval of an index of concentration is, or why there is none.
public enum IndexInterval: String, ColumnWord {
  /// Bias-corrected and accelerated, from draws of likely operators (Efron 1987).
  case corrected = "bca"
  /// The index is not defined for what was counted.
  case undefined
  /// Fewer than two likely operators: there is nothing to draw from.
  case single
  /// Nearly every draw gives the value itself, as where nobody runs two servers: how much of it is chance
  /// cannot be told.
  case constant
  /// The draws lie so far to one side of the value that no correction of their bias holds it: drawing
  /// operators twice leaves out others, and with them whole units.
  case oneSided = "one-sided"
}

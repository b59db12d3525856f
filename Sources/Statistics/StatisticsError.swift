/// An argument outside its stated range.
public enum StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Seeds are 32 bytes.
  case seedLength(Int)
  /// Counts and weights are finite and not negative.
  case negativeOrNotFinite(index: Int)
  /// Successes lie in 0...trials.
  case successes(Int, trials: Int)
  /// Confidence lies strictly between 0 and 1.
  case confidence(Double)
  /// At least one replicate is needed.
  case replicates(Int)

  public var description: String {
    switch self {
    case .seedLength(let count): "seed of \(count) bytes; expected 32"
    case .negativeOrNotFinite(let index): "value \(index) is negative or not finite"
    case .successes(let successes, let trials): "\(successes) successes of \(trials) trials"
    case .confidence(let value): "confidence \(value); expected between 0 and 1"
    case .replicates(let count): "\(count) replicates; expected at least 1"
    }
  }
}

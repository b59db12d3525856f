/// The ratio of two population means, estimated from a sample of units, with the adjustment for its bias
/// and the standard error to first order.
///
/// Binette et al. 2022, "Estimating the Performance of Entity Resolution Algorithms" (arXiv 2210.01230).
public struct RatioEstimate: Sendable, Equatable {
  /// Of the population; it can lie beyond 1. Zero where every numerator is.
  public let value: Double
  /// nil: one unit, or a mean is zero.
  public let standardError: Double?

  /// - Parameters: a number a sampled unit each, equally long.
  /// - Returns: nil where there is no unit, or the denominators are all zero.
  public init?(numerators: [Double], denominators: [Double]) {
    let count = Double(min(numerators.count, denominators.count))
    let pairs = Array(zip(numerators, denominators))
    guard count > 0 else { return nil }
    let top = pairs.map(\.0).compensatedSum() / count
    let bottom = pairs.map(\.1).compensatedSum() / count
    guard bottom != 0 else { return nil }
    guard top != 0 else {
      value = 0
      standardError = nil
      return
    }
    let scaled = pairs.map { (top: $0.0 / top, bottom: $0.1 / bottom) }
    guard count > 1 else {
      value = top / bottom
      standardError = nil
      return
    }
    let covariance =
      scaled.map { $0.bottom * bottom * ($0.top - $0.bottom) }.compensatedSum() / count
    value = (1 + covariance / ((count - 1) * bottom)) * top / bottom
    let spread = scaled.map { ($0.bottom - $0.top) * ($0.bottom - $0.top) }.compensatedSum()
    standardError = top / bottom * (spread / (count * (count - 1))).squareRoot()
  }

  /// Normal interval of a share, which holds the value; nil without a standard error, or where that is
  /// zero: then the sample does not tell how sure it is.
  public func interval(confidence: Double = 0.95) -> Interval? {
    guard let standardError, standardError > 0,
      let z = NormalDistribution.quantile((1 + confidence) / 2)
    else { return nil }
    let share = min(1, max(0, value))
    return Interval(
      low: max(0, min(share, value - z * standardError)),
      high: min(1, max(share, value + z * standardError)))
  }
}

/// Order statistics of finite values.
public enum Quantiles {
  /// Type 7 of Hyndman & Fan 1996 (numpy's and R's default): linear between order statistics.
  /// `probability` is clamped to 0...1; nil without values.
  public static func quantile(_ probability: Double, of values: [Double]) -> Double? {
    quantile(probability, ofSorted: values.sorted())
  }

  /// The same for values already in ascending order.
  public static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.indices.last else { return nil }
    let position = Double(last) * min(max(probability, 0), 1)
    let lower = Int(position)
    let fraction = position - Double(lower)
    guard fraction > 0, lower < last else { return values[lower] }
    return values[lower] + (values[lower + 1] - values[lower]) * fraction
  }

  /// Type 7 at one half; nil without values.
  public static func median(_ values: [Double]) -> Double? {
    quantile(0.5, of: values)
  }

  /// Median absolute deviation from the median, unscaled (times 1.4826 estimates a normal sigma).
  public static func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
    guard let middle = median(values) else { return nil }
    return median(values.map { ($0 - middle).magnitude })
  }
}

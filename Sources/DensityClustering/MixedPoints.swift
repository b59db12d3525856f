internal import CDistanceKernels

/// Points of categories and numbers of which some are not known, and Gower's distance between them,
/// shrunk towards what is usual where two points share few observations.
///
///     D(a, b) = (num + k D0) / (den + k),  k = shrinkage x the weight of all features
///
/// `den` is the weight of the features known of both; `num` that of the categories that differ,
/// and of the numbers times |a - b| / (q95 - q05), at most 1. D0 is the median of num/den over the
/// pairs. Without the shrinkage two points that share one feature would be the same point. The
/// distance is symmetric; it may break the triangle inequality, which clustering does not need.
public struct MixedPoints: Sendable {
  public let count: Int
  public let categories: Int
  public let numbers: Int
  /// 0 is unknown; row by row.
  private let codes: [UInt16]
  /// NaN is unknown; row by row, divided by the range.
  private let values: [Double]
  private let categoryWeight: Double
  private let numberWeight: Double
  /// Weight of the shrinkage.
  private let pull: Double
  /// The usual distance, D0.
  public private(set) var typical = 0.0

  /// Pairs of which the usual distance is the median, at most; of more they are every so-many-th.
  private static let sampledPairs = 1 << 20

  /// - Parameters:
  ///   - codes: of all points row by row; equal where two points have one value; 0 where it is not
  ///     known.
  ///   - values: of all points row by row; NaN where one is not known.
  ///   - shrinkage: as a share of the weight of all features.
  public init(
    count: Int, codes: [UInt16], values: [Double], categoryWeight: Double = 1,
    numberWeight: Double = 0.5, shrinkage: Double = 0.15
  ) {
    precondition(count > 0 || (codes.isEmpty && values.isEmpty), "rows belong to points")
    self.count = count
    categories = count > 0 ? codes.count / count : 0
    numbers = count > 0 ? values.count / count : 0
    precondition(codes.count == count * categories && values.count == count * numbers)
    self.codes = codes
    var scaled = values
    for k in 0..<numbers {
      let known = stride(from: k, to: values.count, by: numbers).map { scaled[$0] }
        .filter { !$0.isNaN }.sorted()
      let range = Self.quantile(known, 0.95) - Self.quantile(known, 0.05)
      for point in 0..<count {
        let value = values[point * numbers + k]
        // Where nearly all are equal, any other value is as far as can be.
        scaled[point * numbers + k] = range > 0 ? value / range : (value - (known.first ?? 0)) * 1e9
      }
    }
    self.values = scaled
    self.categoryWeight = categoryWeight
    self.numberWeight = numberWeight
    pull =
      shrinkage * (Double(categories) * categoryWeight + Double(numbers) * numberWeight)
    var ratios: [Double] = []
    let pairs = count * (count - 1) / 2
    let step = max(1, (pairs + Self.sampledPairs - 1) / Self.sampledPairs)
    ratios.reserveCapacity(pairs / step + 1)
    var skip = 0
    for a in 0..<count {
      var b = a + 1 + skip
      while b < count {
        let (num, den) = parts(a, b)
        if den > 0 { ratios.append(num / den) }
        b += step
      }
      skip = b - count
    }
    typical = Self.median(&ratios) ?? 1
  }

  /// Quantile by linear interpolation between order statistics (type 7).
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  private static func median(_ values: inout [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let half = values.count / 2
    let isOdd = !values.count.isMultiple(of: 2)
    return values.withUnsafeMutableBufferPointer { values in
      let upper = OrderStatistic.smallest(values, rank: half + 1)
      return isOdd ? upper : (OrderStatistic.smallest(values, rank: half) + upper) / 2
    }
  }

  @inline(__always)
  private func parts(_ a: Int, _ b: Int) -> (num: Double, den: Double) {
    var num = 0.0
    var den = 0.0
    if categories > 0 {
      codes.withUnsafeBufferPointer { codes in
        guard let all = codes.baseAddress else { return }
        let counts = distance_mismatches(all + a * categories, all + b * categories, categories)
        den = categoryWeight * Double(counts.joint)
        num = categoryWeight * Double(counts.different)
      }
    }
    if numbers > 0 {
      values.withUnsafeBufferPointer { values in
        for k in 0..<numbers {
          let difference = abs(values[a * numbers + k] - values[b * numbers + k])
          guard !difference.isNaN else { continue }
          den += numberWeight
          num += numberWeight * min(1, difference)
        }
      }
    }
    return (num, den)
  }

  /// The distance between two points.
  public func distance(_ a: Int, _ b: Int) -> Double {
    guard a != b else { return 0 }
    let (num, den) = parts(a, b)
    return den + pull > 0 ? (num + pull * typical) / (den + pull) : typical
  }

  /// All distances, computed once; in the square of the number of points.
  public func distances() -> DistanceMatrix {
    var all = [Double](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in a + 1..<max(a + 1, count) {
        let distance = distance(a, b)
        all[a * count + b] = distance
        all[b * count + a] = distance
      }
    }
    return DistanceMatrix(all, count: count)
  }
}

import Foundation
import Ordering

/// Counts of logarithms of milliseconds in bins of 1/64, for quantiles in bounded memory whatever
/// the order of the values.
///
/// A value stands for the middle of its bin, at most 1/128 away; so does each order statistic, and
/// so do quantiles between two of them.
struct LogHistogram {
  /// Shorter times are this long. Unit: ms.
  static let shortest = 0.2
  /// Longer times are this long: nearly three hours. Unit: ms.
  static let longest = 10_000_000.0
  private static let binsPerUnit = 64.0

  private var counts: [Int16: Int] = [:]
  private(set) var count = 0

  mutating func insert(milliseconds: Double) {
    let time = min(max(milliseconds, Self.shortest), Self.longest)
    counts[Int16((log(time) * Self.binsPerUnit).rounded(.down)), default: 0] += 1
    count += 1
  }

  /// Type 7 of Hyndman & Fan; nil without values.
  func quantile(_ probability: Double) -> Double? {
    Self.quantile(
      probability, of: counts.sorted { $0.key < $1.key }.map { (Self.middle($0.key), $0.value) },
      count: count)
  }

  /// Median of the distances from the median, times 1.4826; nil without values.
  func spread() -> Double? {
    guard let median = quantile(0.5) else { return nil }
    let distances = counts.map { ((Self.middle($0.key) - median).magnitude, $0.value) }
      .sorted { $0.0 < $1.0 }
    return Self.quantile(0.5, of: distances, count: count).map { $0 * 1.4826 }
  }

  private static func middle(_ bin: Int16) -> Double { (Double(bin) + 0.5) / binsPerUnit }

  /// - Parameter values: in ascending order, with how often each occurs.
  private static func quantile(
    _ probability: Double, of values: [(Double, Int)], count: Int
  ) -> Double? {
    guard count > 0 else { return nil }
    let position = Double(count - 1) * min(max(probability, 0), 1)
    let rank = Int(position)
    let lower = value(at: rank, in: values)
    let upper = value(at: min(rank + 1, count - 1), in: values)
    return lower + (upper - lower) * (position - Double(rank))
  }

  private static func value(at rank: Int, in values: [(Double, Int)]) -> Double {
    var passed = 0
    for (value, occurrences) in values {
      passed += occurrences
      if rank < passed { return value }
    }
    return values.last?.0 ?? 0
  }
}

import Ordering
internal import Statistics

/// Days on which far more was made than the month around them explains.
public struct Bursts: Sendable {
  /// One such day.
  public struct Burst: Sendable, Equatable {
    /// Seconds: its window is a day from here.
    public let start: Double
    /// The things made in it.
    public let things: [Int]
    /// Things expected in it, by the month before and after.
    public let expected: Double
    /// ln of the chance of so many, times the number of windows that were tried.
    public let logChance: Double
  }

  /// Fewest things.
  public static let smallest = 4
  /// Greatest chance, corrected for the number of windows.
  public static let level = 1e-4
  static let window = 86_400.0
  static let span = 30 * window

  /// The least likely first.
  public let bursts: [Burst]

  /// - Parameter times: by thing, in seconds; nil where it is not known.
  public init(_ times: [Double?]) {
    var left: [(time: Double, thing: Int)] = times.enumerated().compactMap { thing, time in
      time.map { ($0, thing) }
    }.sorted { ($0.time, $0.thing) < ($1.time, $1.thing) }
    let all = left.count
    var found: [Burst] = []
    while let best = Self.leastLikely(left, all: all) {
      found.append(best)
      let gone = Set(best.things)
      left.removeAll { gone.contains($0.thing) }
    }
    bursts = found
  }

  private static func leastLikely(
    _ entries: [(time: Double, thing: Int)], all: Int
  ) -> Burst? {
    let times = entries.map(\.time)
    var best: (start: Int, end: Int, expected: Double, logChance: Double)?
    for (index, start) in times.enumerated() where index == 0 || times[index - 1] != start {
      let end = SortedTimes.firstIndex(times, after: start + window)
      let count = end - index
      guard count >= smallest else { continue }
      let around =
        SortedTimes.firstIndex(times, after: start + window + span)
        - SortedTimes.firstIndex(times, notBefore: start - span) - count
      let expected = (Double(around) + 0.5) * window / (2 * span)
      let logChance =
        UpperTail.logPoisson(atLeast: count, mean: expected) + NaturalLogarithm.of(Double(all))
      if logChance < best?.logChance ?? .infinity { best = (index, end, expected, logChance) }
    }
    guard let best, best.logChance <= NaturalLogarithm.of(level) else { return nil }
    return Burst(
      start: times[best.start], things: entries[best.start..<best.end].map(\.thing),
      expected: best.expected, logChance: best.logChance)
  }
}

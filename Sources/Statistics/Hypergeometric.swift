internal import RealModule

/// How many marked items a draw without replacement has.
public struct Hypergeometric: Sendable, Equatable {
  /// Items in all, marked ones among them, and how many are drawn.
  public let population: Int
  public let marked: Int
  public let draws: Int

  /// Counts are taken into 0…`population`.
  public init(population: Int, marked: Int, draws: Int) {
    self.population = max(0, population)
    self.marked = min(max(0, marked), self.population)
    self.draws = min(max(0, draws), self.population)
  }

  /// The chance of at least `count` marked items.
  public func upperTail(_ count: Int) -> Double {
    let least = max(0, marked + draws - population)
    let most = min(marked, draws)
    if count <= least { return 1 }
    if count > most { return 0 }
    return min(1, (count...most).map { Double.exp(logProbability($0)) }.compensatedSum())
  }

  private func logProbability(_ count: Int) -> Double {
    Self.logChoose(marked, count) + Self.logChoose(population - marked, draws - count)
      - Self.logChoose(population, draws)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    Double.logGamma(Double(n + 1)) - Double.logGamma(Double(k + 1))
      - Double.logGamma(Double(n - k + 1))
  }
}

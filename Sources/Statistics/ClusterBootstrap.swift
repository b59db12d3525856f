/// Bootstrap over clusters (operators), never over their members: drawing single servers would
/// put two copies of one server in the sample and invent concentration.
public struct ClusterBootstrap: Sendable {
  /// How replicates become an interval.
  public enum Method: String, Sendable {
    /// Plain quantiles of the replicates (Efron 1979).
    case percentile
    /// Bias-corrected and accelerated (Efron 1987), acceleration by the jackknife.
    case biasCorrectedAccelerated = "bca"
  }

  public let replicates: Int
  public let confidence: Double
  public let method: Method

  public init(
    replicates: Int = 2000, confidence: Double = 0.9,
    method: Method = .biasCorrectedAccelerated
  ) throws(StatisticsError) {
    guard replicates > 0 else { throw .replicates(replicates) }
    guard confidence > 0, confidence < 1 else { throw .confidence(confidence) }
    self.replicates = replicates
    self.confidence = confidence
    self.method = method
  }

  /// Interval of a statistic of a sample of clusters.
  ///
  /// - Parameters:
  ///   - count: number of clusters observed.
  ///   - generator: seeded by the caller.
  ///   - statistic: value for clusters by index, with repeats; nil where it is not defined. Each
  ///     repeat of an index stands for another cluster like it.
  /// - Returns: nil with fewer than two clusters or where the statistic is undefined for them.
  public func interval<Generator: RandomNumberGenerator>(
    clusters count: Int, using generator: inout Generator, statistic: ([Int]) -> Double?
  ) -> Interval? {
    intervals(clusters: count, using: &generator) { [statistic($0)] }?.first ?? nil
  }

  /// Intervals of several statistics, all of the same draws: they cost one draw together.
  ///
  /// - Parameter statistics: as many values whatever is drawn; one is nil where it is not defined.
  /// - Returns: nil with fewer than two clusters; an interval is nil where its statistic is undefined
  ///   for the sample.
  public func intervals<Generator: RandomNumberGenerator>(
    clusters count: Int, using generator: inout Generator, statistics: ([Int]) -> [Double?]
  ) -> [Interval?]? {
    guard count >= 2 else { return nil }
    let observed = statistics(Array(0..<count))
    var values = [[Double]](repeating: [], count: observed.count)
    for index in values.indices { values[index].reserveCapacity(replicates) }
    var draw = [Int](repeating: 0, count: count)
    for _ in 0..<replicates {
      for slot in draw.indices { draw[slot] = generator.nextIndex(below: count) }
      for (index, value) in statistics(draw).enumerated() {
        if let value { values[index].append(value) }
      }
    }
    let left = method == .percentile ? [] : jackknife(count, statistics)
    return observed.indices.map { index in
      observed[index].flatMap { observed in
        interval(values[index].sorted(), observed, left.compactMap { $0[index] })
      }
    }
  }

  private func interval(
    _ values: [Double], _ observed: Double, _ jackknife: [Double]
  ) -> Interval? {
    let tail = (1 - confidence) / 2
    let levels =
      method == .percentile
      ? (tail, 1 - tail) : correctedLevels(tail, values, observed, jackknife)
    guard let low = Quantiles.quantile(levels.0, ofSorted: values),
      let high = Quantiles.quantile(levels.1, ofSorted: values)
    else { return nil }
    return Interval(low: low, high: high)
  }

  private func jackknife(_ count: Int, _ statistics: ([Int]) -> [Double?]) -> [[Double?]] {
    (0..<count).map { left in statistics((0..<count).filter { $0 != left }) }
  }

  /// Quantile levels after bias correction; the plain levels where the correction is undefined.
  private func correctedLevels(
    _ tail: Double, _ sorted: [Double], _ observed: Double, _ jackknife: [Double]
  ) -> (Double, Double) {
    let below = sorted.count { $0 < observed }
    let equal = sorted.count { $0 == observed }
    let share = (Double(below) + Double(equal) / 2) / Double(max(sorted.count, 1))
    guard share > 0, share < 1, let bias = NormalDistribution.quantile(share),
      let z = NormalDistribution.quantile(tail)
    else { return (tail, 1 - tail) }
    let acceleration = Self.acceleration(jackknife)
    func level(_ z: Double) -> Double {
      let shifted = bias + z
      let scale = 1 - acceleration * shifted
      return scale > 0 ? NormalDistribution.cumulative(bias + shifted / scale) : (z < 0 ? 0 : 1)
    }
    return (level(z), level(-z))
  }

  private static func acceleration(_ jackknife: [Double]) -> Double {
    guard !jackknife.isEmpty else { return 0 }
    let mean = jackknife.compensatedSum() / Double(jackknife.count)
    let deviations = jackknife.map { mean - $0 }
    let squares = deviations.map { $0 * $0 }.compensatedSum()
    let cubes = deviations.map { $0 * $0 * $0 }.compensatedSum()
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}

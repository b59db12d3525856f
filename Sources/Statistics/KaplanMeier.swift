internal import RealModule

/// Kaplan & Meier 1958: the share that lasts longer than a time, where not every end was seen.
public struct KaplanMeier: Equatable, Sendable {
  /// How long one subject was watched, and whether that was its end (else it is right-censored).
  public struct Subject: Equatable, Sendable {
    public var time: Double
    public var isEnded: Bool

    public init(time: Double, isEnded: Bool) {
      self.time = time
      self.isEnded = isEnded
    }
  }

  /// The estimate from one time on, to the next.
  public struct Step: Equatable, Sendable {
    public let time: Double
    /// Watched just before the time; who is censored at it is among them.
    public let atRisk: Int
    public let ended: Int
    public let censored: Int
    /// Share that lasts longer.
    public let survival: Double
    /// Greenwood 1926; nil where nobody is left, for which it is not defined.
    public let standardError: Double?
    /// Of log(-log S), after Kalbfleisch & Prentice; nil where the share is 0 or 1.
    public let interval: Interval?
  }

  /// One a distinct time, in order. Before the first one all last.
  public let steps: [Step]

  /// - Throws: a time below 0 or not finite, a confidence outside 0…1.
  public init(_ subjects: [Subject], confidence: Double = 0.95) throws(StatisticsError) {
    for (index, subject) in subjects.enumerated()
    where !(subject.time >= 0 && subject.time.isFinite) {
      throw .negativeOrNotFinite(index: index)
    }
    guard confidence > 0, confidence < 1,
      let z = NormalDistribution.quantile((1 + confidence) / 2)
    else { throw .confidence(confidence) }
    let sorted = subjects.sorted { $0.time < $1.time }
    var steps: [Step] = []
    var survival = 1.0
    var greenwood = NeumaierSum()
    var start = 0
    while start < sorted.count {
      let time = sorted[start].time
      let end = sorted[start...].firstIndex { $0.time > time } ?? sorted.count
      let ended = sorted[start..<end].count { $0.isEnded }
      let atRisk = sorted.count - start
      survival *= Double(atRisk - ended) / Double(atRisk)
      if ended < atRisk {
        greenwood.add(Double(ended) / (Double(atRisk) * Double(atRisk - ended)))
      }
      steps.append(
        Step(
          time: time, atRisk: atRisk, ended: ended, censored: end - start - ended,
          survival: survival,
          standardError: survival > 0 ? survival * greenwood.value.squareRoot() : nil,
          interval: Self.interval(survival, greenwood.value, z)))
      start = end
    }
    self.steps = steps
  }

  /// First time after which at most half last; nil where more than half outlast what was seen.
  public var median: Double? { steps.first { $0.survival <= 0.5 }?.time }

  private static func interval(_ survival: Double, _ greenwood: Double, _ z: Double) -> Interval? {
    guard survival > 0, survival < 1 else { return nil }
    let width = z * greenwood.squareRoot() / Double.log(survival).magnitude
    return Interval(
      low: Double.pow(survival, Double.exp(width)), high: Double.pow(survival, Double.exp(-width)))
  }
}

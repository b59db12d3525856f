import Foundation
import Ordering
import Statistics

/// What likely operators estimate for one target.
struct FeeConsensus: Sendable, Equatable {
  /// Weighted median. Unit: sat/vB.
  let median: Double
  /// Of ln(rate), at least the least that is told apart. Unit: nats.
  let spread: Double
  /// Operators that estimate it.
  let voters: Int

  /// Operators that must estimate a target before anybody's estimate is far from theirs.
  static let leastVoters = 5
  /// Nodes of one mind differ by a tenth at any rate.
  private static let leastSpread = 0.1

  /// By target.
  static func all(_ servers: [ScanEvidence]) -> [Int: FeeConsensus] {
    var votes: [Int: OperatorVotes<Double>] = [:]
    for server in servers {
      for fee in server.fees where fee.rate > 0 && fee.rate.isFinite {
        votes[fee.target, default: OperatorVotes()]
          .cast(log(fee.rate), server: server.serverID, operator: server.voter)
      }
    }
    return votes.compactMapValues { votes in
      guard votes.total >= leastVoters, let median = votes.median else { return nil }
      let deviations = votes.votes.map { (abs($0.value - median), $0.votes) }
      let spread = NormalDistribution.scaledDeviation(weightedMedian(deviations))
      return FeeConsensus(
        median: exp(median), spread: max(leastSpread, spread), voters: votes.total)
    }
  }

  /// How many spreads a rate is above the median.
  func z(_ rate: Double) -> Double { log(rate / median) / spread }

  /// The greatest value that half of the weight or more reaches.
  private static func weightedMedian(_ values: [(value: Double, weight: Double)]) -> Double {
    let half = values.reduce(0) { $0 + $1.weight } / 2
    var reaching = 0.0
    for entry in values.sorted(by: { $0.value > $1.value }) {
      reaching += entry.weight
      if reaching >= half { return entry.value }
    }
    return 0
  }
}

extension NormalDistribution {
  /// The median absolute deviation of a sample as an estimate of a normal distribution's standard
  /// deviation.
  static func scaledDeviation(_ median: Double) -> Double { 1.4826 * median }
}
